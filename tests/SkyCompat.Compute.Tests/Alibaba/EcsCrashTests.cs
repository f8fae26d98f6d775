using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Emulators.AlibabaEcs;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>A launch that is stopped between any two requests, or after any request was carried out and before its reply was read, and that another process repeats.</summary>
public sealed class EcsCrashTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    public async Task Launch_StoppedAnywhereAndRepeatedElsewhere_MakesWhatWasAskedOnce(int count, int hiddenLooks)
    {
        var points = 0;
        for (var isLast = false; !isLast; points++)
        {
            foreach (var isSent in new[] { false, true })
            {
                await using var emulator = await EcsEmulator.StartAsync(new EcsEmulatorOptions { HiddenLooks = hiddenLooks });
                var spec = new LaunchSpec { IdempotencyKey = "web", Image = ImageReference.OfFamily("ubuntu-24.04"), Count = count, Inbound = [FirewallRule.Tcp(80)] };
                using var process = new CancellationTokenSource();
                var survived = false;
                await using (var first = await EcsTestCloud.StartAsync(configure: services => Crash(services, points, isSent, process), shared: emulator))
                {
                    try
                    {
                        await first.Compute.LaunchAndWaitAsync(spec, EcsLaunches.Offer() with { Cloud = "ali", Provider = CloudProvider.Alibaba }, process.Token);
                        survived = true;
                    }
                    catch (OperationCanceledException) when (process.IsCancellationRequested)
                    {
                        // The process has ended.
                    }
                }

                await using var second = await EcsTestCloud.StartAsync(shared: emulator);
                var running = await second.Compute.LaunchAndWaitAsync(spec, EcsLaunches.Offer() with { Cloud = "ali", Provider = CloudProvider.Alibaba });

                running.Count.ShouldBe(count);
                emulator.State.InstanceCount.ShouldBe(count, $"stopped at request {points}, {(isSent ? "after" : "before")} it was sent");
                (await second.Driver.Networks!.ListPageAsync(EcsTestCloud.Region, null, default)).Items.Count.ShouldBe(1);
                (await second.Driver.Firewalls!.ListPageAsync(EcsTestCloud.Region, null, default)).Items.Count.ShouldBe(1);
                isLast = survived;
            }
        }

        output.WriteLine($"{points} requests, each the last of a process twice.");
        points.ShouldBeGreaterThan(15);
    }

    private static void Crash(IServiceCollection services, int point, bool isSent, CancellationTokenSource process)
    {
        var requests = 0;
        services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => new CrashHandler(() => Interlocked.Increment(ref requests) > point, isSent, process)));
    }

    private sealed class CrashHandler(Func<bool> isDue, bool isSent, CancellationTokenSource process) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!isDue())
            {
                return await base.SendAsync(request, cancellationToken);
            }

            if (isSent)
            {
                // What is sent arrives, whatever becomes of the sender.
                using var response = await base.SendAsync(request, CancellationToken.None);
            }

            await process.CancelAsync();
            throw new OperationCanceledException(process.Token);
        }
    }
}
