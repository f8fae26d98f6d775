using System.Buffers;

namespace SkyCompat.Cli.Parsing;

/// <summary>Reads and writes sizes: <c>16KiB</c>, <c>1.5GB</c>, <c>10MB/s</c>. KB, MB… are powers of 1000; KiB, MiB… and the single letters K, M… are powers of 1024, as in coreutils.</summary>
internal static class ByteSize
{
    private const string Letters = "KMGTPE";
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    public static long Parse(string text)
    {
        var number = text.AsSpan().Trim();
        var split = number.IndexOfAnyExcept(Digits);
        var unit = split < 0 ? "" : number[split..].Trim().ToString();
        number = split < 0 ? number : number[..split];
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && TryGetFactor(unit, out var factor) && value <= long.MaxValue / factor
            ? (long)(value * factor)
            : throw new UsageException($"'{text}' is not a size. Write a number with a unit, such as 512, 16KiB, 64M or 1.5GB.");
    }

    /// <summary>A rate; <c>/s</c> at the end is optional.</summary>
    public static long ParseRate(string text)
    {
        var rate = Parse(text.EndsWith("/s", StringComparison.OrdinalIgnoreCase) ? text[..^2] : text);
        return rate > 0 ? rate : throw new UsageException($"'{text}' is not a rate: it must be at least 1 byte per second, such as 10MB/s.");
    }

    public static string Format(double bytes)
    {
        if (bytes < 1024)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B");
        }

        var power = -1;
        for (; bytes >= 1024 && power < Letters.Length - 1; power++)
        {
            bytes /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:N1} {Letters[power]}iB");
    }

    private static bool TryGetFactor(string unit, out decimal factor)
    {
        factor = 1;
        var letter = unit.Length > 0 ? Letters.IndexOf(char.ToUpperInvariant(unit[0]), StringComparison.Ordinal) : -1;
        decimal? thousand = unit[Math.Min(unit.Length, letter < 0 ? 0 : 1)..].ToUpperInvariant() switch
        {
            "" => 1024,
            "IB" when letter >= 0 => 1024,
            "B" => letter < 0 ? 1 : 1000,
            _ => null,
        };
        for (var i = 0; i <= letter; i++)
        {
            factor *= thousand ?? 1;
        }

        return thousand is not null;
    }
}
