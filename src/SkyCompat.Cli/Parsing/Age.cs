using System.Buffers;

namespace SkyCompat.Cli.Parsing;

/// <summary>Reads durations, <c>90s</c>, <c>1h30m</c>, <c>7d</c>, and instants: a duration before now, a date, or a date and time. Without a zone they are UTC, so that a script means the same everywhere.</summary>
internal static class Age
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss"];

    public static TimeSpan ParseDuration(string text) =>
        TryParse(text, out var duration) ? duration : throw new UsageException($"'{text}' is not a duration. Write a number with s, m, h, d or w, such as 90s, 15m, 1h30m or 7d.");

    public static DateTimeOffset ParseInstant(string text, DateTimeOffset now)
    {
        if (TryParse(text, out var ago))
        {
            return ago <= now - DateTimeOffset.MinValue ? now - ago : DateTimeOffset.MinValue;
        }

        return DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw new UsageException($"'{text}' is neither an age nor a date. Write 1h, 7d, 2026-11-01 or 2026-11-01T10:00Z; without a zone it is UTC.");
    }

    public static string Format(TimeSpan duration) => duration switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalDays}d {duration.Hours}h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Hours}:{duration.Minutes:00}:{duration.Seconds:00}"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{duration.Minutes}:{duration.Seconds:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:N1} s"),
    };

    private static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
        {
            return false;
        }

        var seconds = 0.0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            var unit = char.ToLowerInvariant(rest[digits]) switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, 'w' => 604_800, _ => 0 };
            if (unit == 0)
            {
                return false;
            }

            seconds += value * unit;
            rest = rest[(digits + 1)..];
        }

        if (seconds > TimeSpan.MaxValue.TotalSeconds / 2)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
