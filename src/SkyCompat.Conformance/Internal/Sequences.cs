namespace SkyCompat.Conformance.Internal;

/// <summary>Asynchronous sequences of keys.</summary>
internal static class Sequences
{
    public static IAsyncEnumerable<string> Async(params IEnumerable<string> items) => items.ToAsyncEnumerable();
}
