using Microsoft.Extensions.Hosting;

namespace SkyCompat.Hosting;

/// <summary>Makes a host that is wrongly configured fail to start, before anything else runs.</summary>
internal sealed class SkyCompatStartup(ISky sky) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => ((Sky)sky).CheckRequirementsAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
