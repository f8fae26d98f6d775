using System.Collections.Concurrent;

namespace SkyCompat.Transfer.Tests.Support;

/// <summary>Keeps what it is told.</summary>
public sealed class RecordingObserver(Action<TransferResult>? onObject = null) : TransferObserver
{
    public ConcurrentDictionary<string, TransferResult> Results { get; } = new(StringComparer.Ordinal);

    public TransferOutline? Outline { get; private set; }

    public TransferProgress? Last { get; private set; }

    public override void OnStarting(TransferOutline outline) => Outline = outline;

    public override void OnProgress(TransferProgress progress) => Last = progress;

    public override void OnObject(TransferResult result)
    {
        Results.TryAdd(result.Name, result).ShouldBeTrue($"{result.Name} was reported twice");
        onObject?.Invoke(result);
    }
}
