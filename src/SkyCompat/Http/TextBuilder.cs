using System.Buffers;
using System.Globalization;
using System.Text;

namespace SkyCompat.Http;

/// <summary>Builds a URL or header in a borrowed buffer, so that only the finished string is allocated.</summary>
internal ref struct TextBuilder
{
    private Span<char> _text;
    private char[]? _rented;

    public TextBuilder(Span<char> initial) => _text = initial;

    public int Length { get; private set; }

    public readonly ReadOnlySpan<char> Written => _text[..Length];

    public void Append(char value) => Reserve(1)[0] = value;

    public void Append(scoped ReadOnlySpan<char> value) => value.CopyTo(Reserve(value.Length));

    public void Append(long value)
    {
        var room = Reserve(20);
        value.TryFormat(room, out var written, default, CultureInfo.InvariantCulture);
        Length -= room.Length - written;
    }

    /// <summary>Percent-encodes as SigV4 wants it: all but the unreserved characters of RFC 3986 as upper-case UTF-8 octets, each exactly once.</summary>
    /// <param name="value">The text, valid Unicode.</param>
    /// <param name="keepSlash">True in paths and copy sources, false in queries.</param>
    public void AppendEncoded(scoped ReadOnlySpan<char> value, bool keepSlash)
    {
        Span<byte> octets = stackalloc byte[4];
        while (!value.IsEmpty)
        {
            var plain = value.IndexOfAnyExcept(keepSlash ? UriCharacters.UnreservedAndSlash : UriCharacters.Unreserved);
            if (plain < 0)
            {
                Append(value);
                return;
            }

            Append(value[..plain]);
            Rune.DecodeFromUtf16(value[plain..], out var rune, out var consumed);
            var count = rune.EncodeToUtf8(octets);
            foreach (var octet in octets[..count])
            {
                var room = Reserve(3);
                room[0] = '%';
                room[1] = UriCharacters.HexDigit(octet >> 4);
                room[2] = UriCharacters.HexDigit(octet & 15);
            }

            value = value[(plain + consumed)..];
        }
    }

    public readonly override string ToString() => Written.ToString();

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented);
        }

        this = default;
    }

    private Span<char> Reserve(int count)
    {
        if (_text.Length - Length < count)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(_text.Length * 2, Length + count));
            Written.CopyTo(larger);
            if (_rented is not null)
            {
                ArrayPool<char>.Shared.Return(_rented);
            }

            _text = _rented = larger;
        }

        var room = _text.Slice(Length, count);
        Length += count;
        return room;
    }
}
