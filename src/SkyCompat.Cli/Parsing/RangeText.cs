namespace SkyCompat.Cli.Parsing;

/// <summary>Reads byte ranges as HTTP has them: <c>0-99</c>, <c>100-</c>, <c>-50</c>.</summary>
internal static class RangeText
{
    public static ByteRange Parse(string text)
    {
        var parts = text.Split('-');
        long? first = null, last = null;
        var isNumber = parts.Length == 2 && TryParse(parts[0], ref first) && TryParse(parts[1], ref last);
        return (isNumber, first, last) switch
        {
            (true, { } from, { } to) when to >= from => ByteRange.Slice(from, to - from + 1),
            (true, { } from, null) => ByteRange.From(from),
            (true, null, { } length) => ByteRange.Suffix(length),
            _ => throw new UsageException($"'{text}' is not a range of bytes. Write --range=0-99, --range=100- or --range=-50 (the last 50)."),
        };
    }

    private static bool TryParse(string text, ref long? number)
    {
        if (text.Length == 0)
        {
            return true;
        }

        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < long.MaxValue;
        number = value;
        return isNumber;
    }
}
