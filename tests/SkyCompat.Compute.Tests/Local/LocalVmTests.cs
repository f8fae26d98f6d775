using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace SkyCompat.Compute.Tests.Local;

/// <summary>A real guest, from its start to its end.</summary>
public sealed class LocalVmTests : IAsyncDisposable
{
    private const string PublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ2hXfQ2eNqXQ7mTn3oLw4yGm2hQ6mC8m1V0yN1oZr9k somebody's \"own\"";
    private static readonly TimeSpan BootTime = TimeSpan.FromMinutes(2);
    private readonly VmHost _host = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Guest_RunsItsUserDataAnswersAndKeepsItsDiskAndPort()
    {
        VmGuest.Require();
        var image = Path.Combine(_host.Root, "image, raw: 1.img");
        await File.WriteAllBytesAsync(image, new byte[1024 * 1024], Token);
        _host.Settings["Vm:Images:ubuntu-24.04:Disk"] = image;
        _host.Settings["StopGrace"] = "00:01:00";
        var compute = _host.Open();
        var spec = new LaunchSpec
        {
            IdempotencyKey = "web",
            Image = ImageReference.OfFamily("Ubuntu-24.04"),
            SshPublicKey = PublicKey,
            UserData = "#!/bin/sh\necho \"user data of $(hostname) says ü\"\n",
        };
        var launched = (await compute.LaunchAndWaitAsync(spec, await VmHost.OfferAsync(compute, "vm.1x1", Token), Token)).Single();
        var port = VmHost.PortOf(launched);
        (await GetAsync(port, "starts")).ShouldBe("1");
        (await GetAsync(port, "hostname")).ShouldBe("web");
        (await GetAsync(port, "processors")).ShouldBe("1");
        (await GetAsync(port, "meta-data")).ShouldBe($"instance-id: web\nlocal-hostname: web\npublic-keys:\n  - \"{PublicKey.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");

        // Another process sees the same machine.
        var again = _host.Open();
        VmHost.PortOf(await again.GetInstanceAsync("web", Token)).ShouldBe(port);
        await WaitAsync(async () => (await ConsoleAsync(again)).Contains("user data of web says ü", StringComparison.Ordinal));

        // By the power button: a machine whose time is up is ended without a word.
        (await (await again.StopAsync("web", Token)).WaitAsync(null, Token)).Single().Phase.ShouldBe(InstancePhase.Stopped);
        (await ConsoleAsync(again)).ShouldContain("guest: power button");

        var started = (await (await again.StartAsync("web", Token)).WaitAsync(null, Token)).Single();
        VmHost.PortOf(started).ShouldBe(port);
        (await GetAsync(port, "starts")).ShouldBe("2");
        (await File.ReadAllBytesAsync(image, Token)).ShouldAllBe(value => value == 0);

        (await (await again.TerminateAsync("web", Token)).WaitAsync(null, Token)).Single().Phase.ShouldBe(InstancePhase.Gone);
        Directory.Exists(Path.Combine(_host.Root, "compute", "instances", "web")).ShouldBeFalse();
    }

    [Fact]
    public async Task Launch_WithoutWhatItNeeds_IsRefusedAndLeavesNothing()
    {
        VmGuest.Require();
        _host.Settings["Vm:Images:alpine:Kernel"] = Path.Combine(_host.Root, "no-kernel");
        var broken = Path.Combine(_host.Root, "broken-kernel");
        await File.WriteAllTextAsync(broken, "no kernel", Token);
        _host.Settings["Vm:Images:broken:Kernel"] = broken;
        var compute = _host.Open();
        var (machine, process) = (await VmHost.OfferAsync(compute, "vm.1x1", Token), await VmHost.OfferAsync(compute, "process.1x1", Token));
        var spec = new LaunchSpec { IdempotencyKey = "refused", Image = ImageReference.OfFamily("ubuntu-24.04") };
        (string Family, Offer Offer, Func<LaunchSpec, LaunchSpec> Change, CloudErrorCode Code, string? Reason)[] asks =
        [
            ("debian-12", machine, item => item, CloudErrorCode.NotFound, ComputeErrorReasons.ImageNotFound),
            ("alpine", machine, item => item, CloudErrorCode.NotFound, ComputeErrorReasons.ImageNotFound),
            ("alpine", process, item => item, CloudErrorCode.NotFound, ComputeErrorReasons.ImageNotFound),
            ("broken", machine, item => item, CloudErrorCode.Unsupported, null),
            ("ubuntu-24.04", machine, item => item with { UserData = "text" }, CloudErrorCode.Unsupported, null),
            ("ubuntu-24.04", process, item => item with { UserData = "#cloud-config" }, CloudErrorCode.Unsupported, null),
            ("ubuntu-24.04", process, item => item with { SshPublicKey = PublicKey }, CloudErrorCode.Unsupported, null),
        ];
        foreach (var (family, offer, change, code, reason) in asks)
        {
            var refused = await Should.ThrowAsync<CloudException>(() => compute.LaunchAsync(change(spec with { Image = ImageReference.OfFamily(family) }), offer, Token));
            refused.Code.ShouldBe(code, refused.Message);
            refused.Reason.ShouldBe(reason, refused.Message);
            (await compute.ListInstancesAsync(cancellationToken: Token).CountAsync(Token)).ShouldBe(0, refused.Message);
        }
    }

    [Fact]
    public async Task Start_WhenItsPortWasTaken_HasAnother()
    {
        VmGuest.Require();
        _host.Settings["StopGrace"] = "00:00:00";
        var compute = _host.Open();
        var spec = new LaunchSpec { IdempotencyKey = "moved", Image = ImageReference.OfFamily("ubuntu-24.04") };
        var port = VmHost.PortOf((await compute.LaunchAndWaitAsync(spec, await VmHost.OfferAsync(compute, "vm.1x1", Token), Token)).Single());
        await (await compute.StopAsync("moved", Token)).WaitAsync(null, Token);
        using var taker = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        taker.Start();
        var started = (await (await compute.StartAsync("moved", Token)).WaitAsync(null, Token)).Single();
        VmHost.PortOf(started).ShouldNotBe(port);
    }

    [Theory]
    [InlineData("Vm:GuestPort", "0", "Vm:GuestPort")]
    [InlineData("Vm:Accelerator", "warp", "Vm:Accelerator")]
    [InlineData("Vm:Speed", "9", "Vm:Speed")]
    [InlineData("Vm:Images:debian-12:Arguments", "quiet", "Vm:Images:debian-12")]
    [InlineData("Vm:Images:debian-12:Initrd", "/initrd", "Vm:Images:debian-12:Initrd")]
    [InlineData("Vm:Images:ubuntu-24.04:Memory", "1", "Vm:Images:ubuntu-24.04:Memory")]
    public void Settings_ThatDoNotFit_AreNamed(string name, string value, string named)
    {
        _host.Settings[name] = value;
        Should.Throw<OptionsValidationException>(() => _host.Open()).Message.ShouldContain(named);
        _host.Settings.Remove(name);
    }

    private static async Task<string> ConsoleAsync(IComputeService compute) => await compute.GetService<IConsoleOutput>()!.GetConsoleOutputAsync("web", Token);

    private static async Task<string> GetAsync(int port, string path)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var text = "";
        await WaitAsync(async () =>
        {
            try
            {
                text = (await http.GetStringAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/{path}")), Token)).TrimEnd();
                return true;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !Token.IsCancellationRequested)
            {
                return false;
            }
        });
        return text;
    }

    private static async Task WaitAsync(Func<Task<bool>> holds)
    {
        var stopwatch = Stopwatch.StartNew();
        while (!await holds())
        {
            stopwatch.Elapsed.ShouldBeLessThan(BootTime);
            await Task.Delay(100, Token);
        }
    }
}
