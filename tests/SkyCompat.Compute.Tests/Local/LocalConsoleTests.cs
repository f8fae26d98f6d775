using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace SkyCompat.Compute.Tests.Local;

/// <summary>The console log of a process instance, which a program that never stops writing must not fill the disk with.</summary>
public sealed class LocalConsoleTests : IDisposable
{
    private const int Bound = 65_536;
    private readonly string _root = Directory.CreateTempSubdirectory("skycompat-console-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Console_LongerThanItsBound_LosesItsOlderHalfAndGoesOn()
    {
        await using var host = Open(_root, Bound);
        var compute = host.GetRequiredService<IComputeService>();
        var instance = await LaunchAsync(compute, "#!/bin/sh\necho first\ni=0; while [ $i -lt 20000 ]; do echo \"line $i of many\"; i=$((i+1)); done\necho last\n");
        try
        {
            var console = Directory.EnumerateFiles(_root, "console.log", SearchOption.AllDirectories).Single();
            var text = await UntilAsync(console, seen => seen.Contains("older output was dropped", StringComparison.Ordinal) && seen.Contains("last\n", StringComparison.Ordinal));

            text.Length.ShouldBeLessThan(Bound);
            text.ShouldNotContain("first\n");
            text.ShouldContain("line 19999 of many");
            (await compute.GetRequiredService<IConsoleOutput>().GetConsoleOutputAsync(instance.Id, TestContext.Current.CancellationToken)).ShouldContain("last");
        }
        finally
        {
            await (await compute.TerminateAsync(instance.Id)).WaitAsync();
        }
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(-1)]
    public void Bound_OutOfRange_IsRefusedByItsPath(int bytes)
    {
        using var host = Open("unused", bytes);

        Should.Throw<Microsoft.Extensions.Options.OptionsValidationException>(() => host.GetRequiredService<ISky>().GetCloud("home").Compute).Message.ShouldContain("Clouds:home:Local:Compute:MaxConsoleBytes");
    }

    /// <summary>Its processes end between two looks at it: nobody has removed its folder yet.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Console_OfWhatEndedUnseen_IsNotFound()
    {
        await using var host = Open(_root, Bound);
        var compute = host.GetRequiredService<IComputeService>();
        var instance = await LaunchAsync(compute, "#!/bin/sh\necho here\nexec sleep 600\n");
        var group = GroupOf(_root);
        var ending = await compute.TerminateAsync(instance.Id, TestContext.Current.CancellationToken);
        while (await HasMembersAsync(group))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }

        var read = () => compute.GetRequiredService<IConsoleOutput>().GetConsoleOutputAsync(instance.Id, TestContext.Current.CancellationToken);

        (await read.ShouldThrowAsync<CloudException>()).Code.ShouldBe(CloudErrorCode.NotFound);
        await ending.WaitAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    private static async Task<Instance> LaunchAsync(IComputeService compute, string userData)
    {
        var offer = (await compute.FindOffersAsync(new OfferQuery(new MachineNeed()), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken))[0];
        var spec = new LaunchSpec { IdempotencyKey = "talker", Image = ImageReference.OfFamily("ubuntu-24.04"), UserData = userData };
        return (await compute.LaunchAndWaitAsync(spec, offer, cancellationToken: TestContext.Current.CancellationToken)).Single();
    }

    private static int GroupOf(string root)
    {
        using var record = JsonDocument.Parse(File.ReadAllText(Directory.EnumerateFiles(root, "instance.json", SearchOption.AllDirectories).Single()));
        return record.RootElement.GetProperty("process").GetProperty("pid").GetInt32();
    }

    private static async Task<bool> HasMembersAsync(int group)
    {
        using var probe = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -0 -{group} 2>/dev/null")]);
        await probe.WaitForExitAsync(TestContext.Current.CancellationToken);
        return probe.ExitCode == 0;
    }

    private static ServiceProvider Open(string root, long bound)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Clouds:home:Provider"] = "Local",
            ["Clouds:home:Local:Root"] = root,
            ["Clouds:home:Local:Compute:MaxConsoleBytes"] = bound.ToString(CultureInfo.InvariantCulture),
            ["Clouds:home:Compute:PollInterval"] = "00:00:00.02",
        };
        var services = new ServiceCollection();
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddLocal();
        return services.BuildServiceProvider();
    }

    /// <summary>Reads until what is read is as wanted; the test's own time limit ends it otherwise.</summary>
    private static async Task<string> UntilAsync(string path, Func<string, bool> isDone)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            if (await reader.ReadToEndAsync(limit.Token) is var text && isDone(text))
            {
                return text;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }
}
