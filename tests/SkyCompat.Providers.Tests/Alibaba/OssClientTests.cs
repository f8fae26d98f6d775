using SkyCompat.Emulators.AlibabaOss;

namespace SkyCompat.Providers.Tests.Alibaba;

/// <summary>Alibaba Cloud's official JavaScript client drives the emulator, so that the two were not only written to agree with each other.</summary>
public sealed class OssClientTests(ITestOutputHelper output)
{
    /// <summary>tests/servers/clients/oss/drive.mjs, every step of which must be ok.</summary>
    [Fact]
    public async Task JavaScriptClient_EveryStep_Succeeds()
    {
        await using var emulator = await OssEmulator.StartAsync(new OssEmulatorOptions());
        var run = await NodeClient.DriveAsync(
            "oss",
            [emulator.Endpoint.GetLeftPart(UriPartial.Authority), "cn-hangzhou"],
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["OSS_ID"] = OssAccount.Main.AccessKeyId,
                ["OSS_SECRET"] = OssAccount.Main.AccessKeySecret,
                ["OSS_STS_ID"] = OssAccount.Temporary.AccessKeyId,
                ["OSS_STS_SECRET"] = OssAccount.Temporary.AccessKeySecret,
                ["OSS_STS_TOKEN"] = OssAccount.Temporary.SecurityToken!,
            },
            output);
        run.ExitCode.ShouldBe(0, run.Output + run.Errors);
        run.Output.Split('\n').Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBe(19);
    }
}
