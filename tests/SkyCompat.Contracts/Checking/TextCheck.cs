using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace SkyCompat.Contracts.Checking;

/// <summary>Checks values that are written as text: in paths, queries, headers, forms, XML, and the strings of JSON.</summary>
internal static partial class TextCheck
{
    private static readonly ConcurrentDictionary<(string Pattern, bool Anchored), Regex?> Patterns = new();

    public static void Check(CheckContext context, ApiSchema schema, string text, string place)
    {
        switch (schema.Kind)
        {
            case SchemaKind.Integer:
                CheckInteger(context, schema, text, place);
                return;
            case SchemaKind.Number:
                if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                {
                    context.Add(ViolationKind.Mistyped, place, schema.Describe(), text);
                    return;
                }

                CheckBounds(context, schema, number, place);
                return;
            case SchemaKind.Boolean:
                if (text is not ("true" or "false" or "True" or "False" or "TRUE" or "FALSE"))
                {
                    context.Add(ViolationKind.Mistyped, place, "true or false", text);
                }

                return;
            case SchemaKind.Array:
                var parts = text.Split(',', StringSplitOptions.TrimEntries);
                CheckCount(context, schema, parts.Length, place);
                foreach (var part in parts)
                {
                    Check(context, schema.Items!, part, place);
                }

                return;
            case SchemaKind.String:
                CheckString(context, schema, text, place);
                return;
        }
    }

    public static void CheckCount(CheckContext context, ApiSchema schema, int count, string place)
    {
        if (count < schema.MinLength || count > schema.MaxLength)
        {
            context.Add(ViolationKind.Limit, place, $"{schema.MinLength ?? 0} to {schema.MaxLength?.ToString(CultureInfo.InvariantCulture) ?? "any number of"} items", count.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static void CheckBounds(CheckContext context, ApiSchema schema, decimal number, string place)
    {
        if (number < schema.Minimum || number > schema.Maximum)
        {
            context.Add(ViolationKind.Limit, place, $"a number from {schema.Minimum?.ToString(CultureInfo.InvariantCulture) ?? "any"} to {schema.Maximum?.ToString(CultureInfo.InvariantCulture) ?? "any"}", number.ToString(CultureInfo.InvariantCulture));
        }
    }

    public static bool FitsInteger(decimal number, string? format) => number == decimal.Truncate(number) && format switch
    {
        "int32" => number is >= int.MinValue and <= int.MaxValue,
        "uint32" => number is >= 0 and <= uint.MaxValue,
        "int64" => number is >= long.MinValue and <= long.MaxValue,
        "uint64" => number is >= 0 and <= ulong.MaxValue,
        _ => true,
    };

    private static void CheckInteger(CheckContext context, ApiSchema schema, string text, string place)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) || !FitsInteger(number, schema.Format))
        {
            context.Add(ViolationKind.Mistyped, place, schema.Describe(), text);
            return;
        }

        CheckBounds(context, schema, number, place);
    }

    private static void CheckString(CheckContext context, ApiSchema schema, string text, string place)
    {
        if (schema.Enum is { } values)
        {
            if (!schema.IsOpenEnum && !values.Contains(text))
            {
                context.Add(ViolationKind.EnumValue, place, schema.Describe(), text);
            }

            return;
        }

        if (!HasFormat(schema.Format, text))
        {
            context.Add(ViolationKind.Mistyped, place, schema.Describe(), text);
            return;
        }

        // Lengths count characters as people do who wrote them: code points.
        var length = schema.MinLength is null && schema.MaxLength is null ? 0 : text.EnumerateRunes().Count();
        if (length < schema.MinLength || length > schema.MaxLength)
        {
            context.Add(ViolationKind.Limit, place, $"{schema.MinLength ?? 0} to {schema.MaxLength?.ToString(CultureInfo.InvariantCulture) ?? "any number of"} characters", $"{length} characters");
        }

        if (schema.Pattern is { } pattern && Compile(pattern, schema.IsPatternAnchored) is { } expression && !expression.IsMatch(text))
        {
            context.Add(ViolationKind.Pattern, place, $"text like {pattern}", text);
        }

        if (schema.Format is "int64" or "uint64" && (schema.Minimum is not null || schema.Maximum is not null))
        {
            CheckBounds(context, schema, decimal.Parse(text, CultureInfo.InvariantCulture), place);
        }
    }

    private static bool HasFormat(string? format, string text) => format switch
    {
        "int64" or "uint64" => decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && FitsInteger(number, format),
        "date-time" or "google-datetime" or "timestamp" => Instant().IsMatch(text),
        "date" => Day().IsMatch(text),
        "date-time-rfc1123" => DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        "byte" => Base64().IsMatch(text),
        "uuid" => Guid.TryParse(text, out _),
        "google-duration" => Duration().IsMatch(text),
        _ => true,
    };

    // A pattern in the syntax of another language is a limit that cannot be checked here.
    private static Regex? Compile(string pattern, bool isAnchored) => Patterns.GetOrAdd((pattern, isAnchored), static key =>
    {
        try
        {
            return new Regex(key.Anchored ? $"^(?:{key.Pattern})$" : key.Pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(2));
        }
        catch (ArgumentException)
        {
            return null;
        }
    });

    [GeneratedRegex(@"^\d{4}-\d\d?-\d\d?[Tt ]\d\d:\d\d(:\d\d([.,]\d+)?)?\s?([Zz]|[+-]\d\d:?\d\d)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Instant();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Day();

    [GeneratedRegex(@"^[A-Za-z0-9+/_-]*={0,2}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Base64();

    [GeneratedRegex(@"^-?\d+(\.\d+)?s$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Duration();
}
