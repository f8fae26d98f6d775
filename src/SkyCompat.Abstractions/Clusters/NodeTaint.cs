namespace SkyCompat.Clusters;

/// <summary>Keeps pods off the nodes of a pool that do not tolerate it.</summary>
/// <param name="Key">The key, as of a Kubernetes label.</param>
/// <param name="Value">The value; empty for none.</param>
/// <param name="Effect">What it does.</param>
public sealed record NodeTaint(string Key, string Value = "", TaintEffect Effect = TaintEffect.NoSchedule)
{
    /// <inheritdoc/>
    public override string ToString() => Value.Length > 0 ? $"{Key}={Value}:{Effect}" : $"{Key}:{Effect}";
}
