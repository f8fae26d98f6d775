using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer;

/// <summary>Disposes the destination, however far preparing it came.</summary>
internal sealed class TargetHolder : IDisposable
{
    public TransferTarget? Target { get; set; }

    public void Dispose() => Target?.Dispose();
}
