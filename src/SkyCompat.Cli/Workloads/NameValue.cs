namespace SkyCompat.Cli.Workloads;

/// <summary>Reads NAME=VALUE.</summary>
internal static class NameValue
{
    public static KeyValuePair<string, string> Parse(string option, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? KeyValuePair.Create(text[..equals], text[(equals + 1)..]) : throw new UsageException($"{option} '{text}' is not NAME=VALUE.");
    }
}
