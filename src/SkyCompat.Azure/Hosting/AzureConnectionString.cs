namespace SkyCompat.Azure;

/// <summary>A storage connection string, taken apart. Its settings are those of Microsoft's documents; what concerns only other services is let through.</summary>
internal sealed class AzureConnectionString
{
    // Published by Microsoft for the emulator, and good for nothing else.
    private const string DevelopmentAccount = "devstoreaccount1";
    private const string DevelopmentKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    // The settings of Microsoft's documents, those of other services included.
    private static readonly string[] Known =
    [
        "AccountKey", "AccountName", "BlobEndpoint", "BlobSecondaryEndpoint", "DefaultEndpointsProtocol", "DevelopmentStorageProxyUri", "EndpointSuffix", "FileEndpoint", "FileSecondaryEndpoint",
        "QueueEndpoint", "QueueSecondaryEndpoint", "SharedAccessSignature", "TableEndpoint", "TableSecondaryEndpoint", "UseDevelopmentStorage",
    ];

    public string? AccountName { get; private init; }

    public string? AccountKey { get; private init; }

    public string? SasToken { get; private init; }

    public string? BlobEndpoint { get; private init; }

    /// <summary>Reads a connection string.</summary>
    /// <param name="text">The text.</param>
    /// <param name="problem">What is wrong with it, without a word of its own, which may be secret; null if nothing is.</param>
    /// <returns>What it says; null if something is wrong.</returns>
    public static AzureConnectionString? TryParse(string text, out string? problem)
    {
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var setting in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1 || !settings.TryAdd(setting[..equals].Trim(), setting[(equals + 1)..].Trim()))
            {
                problem = "it is not of the form Name=Value;Name=Value with each name once, such as DefaultEndpointsProtocol=https;AccountName=…;AccountKey=….";
                return null;
            }
        }

        if (settings.Keys.FirstOrDefault(setting => !Known.Contains(setting, StringComparer.OrdinalIgnoreCase)) is not null)
        {
            // A misspelt AccountKey would silently be no key.
            problem = $"it has a setting that connection strings do not have. Settings: {string.Join(", ", Known)}.";
            return null;
        }

        problem = null;
        var name = settings.GetValueOrDefault("AccountName");
        var key = settings.GetValueOrDefault("AccountKey");
        var endpoint = settings.GetValueOrDefault("BlobEndpoint");
        if (settings.TryGetValue("UseDevelopmentStorage", out var development) && development.Equals("true", StringComparison.OrdinalIgnoreCase))
        {
            name ??= DevelopmentAccount;
            key ??= DevelopmentKey;
            endpoint ??= $"{settings.GetValueOrDefault("DevelopmentStorageProxyUri", "http://127.0.0.1").TrimEnd('/')}:10000/{name}";
        }

        if (endpoint is null && name is not null)
        {
            endpoint = $"{settings.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.blob.{settings.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        }

        if (endpoint is null)
        {
            problem = "it names neither AccountName nor BlobEndpoint.";
            return null;
        }

        return new AzureConnectionString { AccountName = name, AccountKey = key, SasToken = settings.GetValueOrDefault("SharedAccessSignature"), BlobEndpoint = endpoint };
    }
}
