namespace SkyCompat.Cli.Terminal;

/// <summary>Numbers with their words: <c>1 object</c>, <c>1,234 objects</c>.</summary>
internal static class Count
{
    public static string Of(long number, string word) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {word}{(number == 1 ? "" : "s")}");
}
