namespace SkyCompat.Workloads;

/// <summary>A line that a container wrote.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Time">When the node took it.</param>
/// <param name="Text">The line, without its end.</param>
public readonly record struct LogLine(string Pod, DateTimeOffset Time, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
