namespace SkyCompat.Transfer.Spreading;

/// <summary>The workers of a transfer.</summary>
internal interface ITransferFleet
{
    /// <summary>Starts them, or takes over those that an earlier coordinator left running.</summary>
    Task StartAsync(CancellationToken cancellationToken);

    /// <summary>Waits until all have ended.</summary>
    /// <exception cref="CloudException">They cannot do their work, with the pod and why.</exception>
    Task WaitAsync(CancellationToken cancellationToken);

    /// <summary>Ends them and waits until they are gone.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
