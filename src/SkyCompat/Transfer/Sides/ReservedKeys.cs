namespace SkyCompat.Transfer.Sides;

/// <summary>The keys that transfers over a cluster keep their journals under: never part of a transfer, so that a mirror does not delete the journal of another.</summary>
internal static class ReservedKeys
{
    public const string Prefix = ".skycompat/transfers/";

    /// <summary>Whether a key is in a journal: at the bucket's top, or beneath the prefix of a logical bucket.</summary>
    public static bool Holds(string key) => key.StartsWith(Prefix, StringComparison.Ordinal) || key.Contains("/" + Prefix, StringComparison.Ordinal);
}
