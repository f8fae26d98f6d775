using SkyCompat.Emulators.AlibabaEcs;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>Alibaba Cloud's official JavaScript clients drive the emulator of ECS and VPC, so that it and the adapter were not only written to agree with each other.</summary>
public sealed class EcsClientTests(ITestOutputHelper output)
{
    /// <summary>tests/servers/clients/ecs/drive.mjs, every step of which must be ok.</summary>
    [Fact]
    public async Task JavaScriptClients_EveryStep_Succeeds()
    {
        await using var emulator = await EcsEmulator.StartAsync(new EcsEmulatorOptions());
        var run = await NodeClient.DriveAsync(
            "ecs",
            [emulator.Endpoint.Authority, emulator.VpcEndpoint.Authority],
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ECS_ID"] = EcsAccount.Main.AccessKeyId,
                ["ECS_SECRET"] = EcsAccount.Main.AccessKeySecret,
                ["ECS_STS_ID"] = EcsAccount.Temporary.AccessKeyId,
                ["ECS_STS_SECRET"] = EcsAccount.Temporary.AccessKeySecret,
                ["ECS_STS_TOKEN"] = EcsAccount.Temporary.SecurityToken!,
            },
            output);
        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        run.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(10);
    }
}
