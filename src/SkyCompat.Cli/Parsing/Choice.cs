namespace SkyCompat.Cli.Parsing;

/// <summary>Reads words that stand for values of an enumeration: <c>SizeAndTime</c> is written <c>size-and-time</c>.</summary>
internal static class Choice
{
    public static string[] Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(Word)];

    public static string Word<T>(T value)
        where T : struct, Enum => Word(value.ToString());

    /// <summary>The form for JSON: <c>sizeAndTime</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Reads a word that an option has checked already.</summary>
    public static T Parse<T>(string word)
        where T : struct, Enum => Enum.Parse<T>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    private static string Word(string name) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
