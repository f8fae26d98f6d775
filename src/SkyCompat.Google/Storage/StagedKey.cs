using System.Buffers;
using System.Text;

namespace SkyCompat.Google;

/// <summary>The names under which conditional uploads in parts are completed before they become visible under their own.</summary>
/// <remarks>A staged name begins with the key, so that an upload is found under the key's prefixes. A key that is too long for that is left out of the name, and its upload out of the list.</remarks>
internal static class StagedKey
{
    public const string Suffix = ".skycompat-staged";
    private const int MarkLength = 32;
    private const int MaxKeyBytes = 1024;

    private static readonly SearchValues<char> MarkCharacters = SearchValues.Create("0123456789abcdef");

    public static string NewMark() => Guid.NewGuid().ToString("N");

    public static string Create(string key, string mark)
    {
        var tail = $".{mark}{Suffix}";
        return Encoding.UTF8.GetByteCount(key) + tail.Length <= MaxKeyBytes ? key + tail : tail;
    }

    /// <summary>Whether a name is a staged one; if so, the key that it stands for, and empty if that was too long.</summary>
    public static bool TryParse(string name, out string key, out string mark)
    {
        key = mark = "";
        var start = name.Length - Suffix.Length - MarkLength - 1;
        if (start < 0 || !name.EndsWith(Suffix, StringComparison.Ordinal) || name[start] != '.' ||
            name.AsSpan(start + 1, MarkLength).ContainsAnyExcept(MarkCharacters))
        {
            return false;
        }

        key = name[..start];
        mark = name.Substring(start + 1, MarkLength);
        return true;
    }
}
