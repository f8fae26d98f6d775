using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SkyCompat.Hosting;

/// <summary>Refuses configuration keys that nothing reads: a typo must not be a silent default.</summary>
internal static class ConfigurationKeys
{
    public static IReadOnlyCollection<string> Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>() =>
        [.. typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true }).Select(p => p.Name)];

    public static void RefuseUnknown(IConfigurationSection section, IReadOnlyCollection<string> known, ICollection<string> errors)
    {
        foreach (var child in section.GetChildren())
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add($"{child.Path}: unknown key.{Suggest(child.Key, known)} Known keys: {List(known)}.");
            }
        }
    }

    public static string List(IEnumerable<string> choices) => string.Join(", ", choices.Order(StringComparer.OrdinalIgnoreCase));

    /// <summary>A hint when one choice is near; empty otherwise.</summary>
    public static string Suggest(string text, IEnumerable<string> choices)
    {
        var nearest = choices.MinBy(choice => Distance(text, choice));
        return nearest is not null && Distance(text, nearest) <= Math.Max(1, text.Length / 3) ? $" Did you mean '{nearest}'?" : "";
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + change));
            }
        }

        return row[^1];
    }
}
