using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace SkyCompat.Hosting;

/// <summary>Refuses values that cannot be converted, before the binder does so in words that name the type and not the choices.</summary>
internal static class ConfigurationValues
{
    public static void RefuseMistyped<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TOptions>(IConfiguration section, ICollection<string> errors)
    {
        foreach (var property in typeof(TOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true }))
        {
            var child = section.GetSection(property.Name);
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (child.Value is { Length: > 0 } text && Expected(type, text) is { } expected)
            {
                errors.Add($"{child.Path}: '{text}' is not {expected}.");
            }
        }
    }

    /// <summary>What belongs there instead; null if the text can be converted, or is of a kind that always can.</summary>
    private static string? Expected(Type type, string text)
    {
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            return Enum.TryParse(type, text, ignoreCase: true, out _) ? null : $"among the choices.{ConfigurationKeys.Suggest(text, names)} Choices: {ConfigurationKeys.List(names)}";
        }

        return type switch
        {
            _ when type == typeof(bool) => bool.TryParse(text, out _) ? null : "true or false",
            _ when type == typeof(int) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? null : "a whole number",
            _ when type == typeof(long) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _) ? null : "a whole number",
            _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? null : "a number, such as 0.5",
            _ when type == typeof(TimeSpan) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _) ? null : "a duration, such as 00:00:05",
            _ => null,
        };
    }
}
