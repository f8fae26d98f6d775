using System.Text;

namespace SkyCompat.Conformance.Internal;

/// <summary>The order of keys in a list: by UTF-8 bytes, which is not the order of .NET strings where surrogates are involved.</summary>
internal sealed class KeyOrder : IComparer<string>
{
    public static KeyOrder Instance { get; } = new();

    public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x ?? "").AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y ?? ""));
}
