namespace SkyCompat.Compute;

/// <summary>What instances wrote to their console.</summary>
public interface IConsoleOutput
{
    /// <summary>Reads what the provider kept of it, usually the last 64 KiB, and at some providers minutes late.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The text; empty if there is none yet.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such instance.</exception>
    Task<string> GetConsoleOutputAsync(string instanceId, CancellationToken cancellationToken = default);
}
