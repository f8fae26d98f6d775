namespace SkyCompat.Cli;

/// <summary>Texts that come with the program.</summary>
internal static class EmbeddedText
{
    public static async Task<string> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(typeof(EmbeddedText).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The text '{name}' is missing."));
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
