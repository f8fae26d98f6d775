using System.Net;
using System.Text;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>The rules for names of buckets and objects.</summary>
internal static class Names
{
    private const int MaxObjectNameBytes = 1024;

    /// <exception cref="GcsError">400: no bucket may have this name.</exception>
    public static void RequireBucketName(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw GcsError.Required("name");
        }

        var valid = name.Length is >= 3 and <= 222
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.')
            && char.IsAsciiLetterOrDigit(name[0])
            && char.IsAsciiLetterOrDigit(name[^1])
            && name.Split('.').All(label => label.Length is >= 1 and <= 63)
            && !IPAddress.TryParse(name, out _)
            && !name.StartsWith("goog", StringComparison.Ordinal)
            && !name.Contains("google", StringComparison.Ordinal);
        if (!valid)
        {
            throw GcsError.Invalid($"Invalid bucket name: '{name}'");
        }
    }

    /// <exception cref="GcsError">400: no object may have this name.</exception>
    public static void RequireObjectName(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw GcsError.Required("name");
        }

        var bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > MaxObjectNameBytes)
        {
            throw GcsError.Invalid($"The maximum object length is {MaxObjectNameBytes} characters, but got a name with {bytes} characters: '{name[..100]}...'", "KeyTooLongError");
        }

        if (name.AsSpan().ContainsAny('\r', '\n'))
        {
            throw GcsError.Invalid($"Disallowed unicode characters present in object name '{name}'", "InvalidObjectName");
        }

        if (name is "." or ".." || name.StartsWith(".well-known/acme-challenge/", StringComparison.Ordinal))
        {
            throw GcsError.Invalid($"Invalid object name: '{name}'", "InvalidObjectName");
        }
    }
}
