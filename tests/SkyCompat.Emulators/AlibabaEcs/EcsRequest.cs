namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A call that came in.</summary>
/// <param name="Action">The operation.</param>
/// <param name="Parameters">Its parameters.</param>
public sealed record EcsRequest(string Action, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>A parameter; null if it was not given.</summary>
    public string? this[string name] => Parameters.GetValueOrDefault(name);
}
