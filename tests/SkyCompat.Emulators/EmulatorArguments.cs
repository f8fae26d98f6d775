using System.Globalization;

namespace SkyCompat.Emulators;

/// <summary>The options of a command line, <c>--name value</c> or <c>--name</c> alone.</summary>
public sealed class EmulatorArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">A word stands where an option should.</exception>
    public EmulatorArguments(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new FormatException($"'{words[i]}' is no option.");
            }

            var hasValue = i + 1 < words.Count && !words[i + 1].StartsWith("--", StringComparison.Ordinal);
            _values[words[i][2..]] = hasValue ? words[++i] : "true";
        }
    }

    /// <summary>The loopback port to listen on; 0 for any free one, which is the default.</summary>
    public int Port => int.Parse(Value("port") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>What was given for <paramref name="name"/>, "true" if it stands alone, null if it is not there.</summary>
    public string? Value(string name) => _values.GetValueOrDefault(name);

    /// <summary>Whether <paramref name="name"/> was given, and not as "false".</summary>
    public bool Flag(string name) => Value(name) is { } value && !string.Equals(value, "false", StringComparison.OrdinalIgnoreCase);
}
