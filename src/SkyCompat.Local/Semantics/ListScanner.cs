using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Lists one page from a cursor. With a delimiter it jumps past each common prefix, so that it touches what it returns and not what lies beneath.</summary>
internal static class ListScanner
{
    public static ListPage Scan<TCursor>(TCursor cursor, ListOptions options)
        where TCursor : IKeyCursor
    {
        var pageSize = LocalCapabilities.PageSize(options.PageSize);
        var prefix = Encoding.UTF8.GetBytes(options.Prefix ?? "");
        var delimiter = Encoding.UTF8.GetBytes(options.Delimiter ?? "");
        var entries = new List<ListEntry>(Math.Min(pageSize, 256));
        PageToken? last = null;

        var found = cursor.Seek(Start(options, prefix, delimiter));
        while (found && cursor.Key.StartsWith(prefix))
        {
            if (entries.Count == pageSize)
            {
                return new ListPage(entries, last.ToString());
            }

            var end = PrefixEnd(cursor.Key, prefix.Length, delimiter);
            if (end < 0)
            {
                entries.Add(cursor.Read());
                if (entries.Count == pageSize)
                {
                    last = new PageToken(AfterPrefix: false, cursor.Key.ToArray());
                }

                found = cursor.MoveNext();
            }
            else
            {
                var common = cursor.Key[..end].ToArray();
                entries.Add(new ListEntry { Kind = ListEntryKind.Prefix, Key = Encoding.UTF8.GetString(common) });
                last = new PageToken(AfterPrefix: true, common);
                found = cursor.Seek(After(common));
            }
        }

        return new ListPage(entries, ContinuationToken: null);
    }

    /// <summary>The least bytes after all that begin with a prefix. The last byte of UTF-8 is never 0xFF, so adding one never carries.</summary>
    public static byte[] After(ReadOnlySpan<byte> prefix)
    {
        var after = prefix.ToArray();
        after[^1]++;
        return after;
    }

    /// <summary>The least key after another.</summary>
    public static byte[] Successor(ReadOnlySpan<byte> key) => [.. key, 0];

    public static ReadOnlySpan<byte> Max(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceCompareTo(b) >= 0 ? a : b;

    private static ReadOnlySpan<byte> Start(ListOptions options, byte[] prefix, byte[] delimiter)
    {
        if (options.ContinuationToken is { } text)
        {
            var token = PageToken.Parse(text);
            return Max(prefix, token.AfterPrefix ? After(token.Key) : Successor(token.Key));
        }

        if (options.StartAfter is not { Length: > 0 } startAfter)
        {
            return prefix;
        }

        // The common prefix of the start itself sorts before it, so none of its keys can bring it up again.
        var key = Encoding.UTF8.GetBytes(startAfter);
        var end = key.AsSpan().StartsWith(prefix) ? PrefixEnd(key, prefix.Length, delimiter) : -1;
        return Max(prefix, end < 0 ? Successor(key) : After(key.AsSpan(0, end)));
    }

    private static int PrefixEnd(ReadOnlySpan<byte> key, int from, ReadOnlySpan<byte> delimiter)
    {
        if (delimiter.IsEmpty)
        {
            return -1;
        }

        var index = key[from..].IndexOf(delimiter);
        return index < 0 ? -1 : from + index + delimiter.Length;
    }
}
