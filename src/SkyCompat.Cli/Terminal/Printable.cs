using System.Text;

namespace SkyCompat.Cli.Terminal;

/// <summary>Makes text safe to show: a key may hold escape codes that would drive the terminal, or line ends that would forge lines. JSON output has keys verbatim.</summary>
internal static class Printable
{
    public static string Text(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\0', '\u001f') && !text.AsSpan().ContainsAnyInRange('\u007f', '\u009f'))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            _ = char.IsControl(character) ? safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}") : safe.Append(character);
        }

        return safe.ToString();
    }
}
