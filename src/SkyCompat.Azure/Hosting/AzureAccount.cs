using System.Net;

namespace SkyCompat.Azure;

/// <summary>What the settings say of the account, whichever way they say it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ServiceUri">The Blob service's endpoint.</param>
/// <param name="Key">Its key, if configured.</param>
/// <param name="Sas">The SAS, if configured, without a leading question mark.</param>
internal sealed record AzureAccount(string Name, Uri ServiceUri, string? Key, string? Sas)
{
    /// <summary>Whether settings name an account at all; those of a cloud that has only compute do not.</summary>
    public static bool IsNamed(AzureOptions options) =>
        NullIfEmpty(options.ConnectionString) is not null || NullIfEmpty(options.BlobServiceUri) is not null || NullIfEmpty(options.AccountName) is not null;

    /// <summary>Resolves settings that passed validation.</summary>
    public static AzureAccount Of(AzureOptions options)
    {
        var connection = NullIfEmpty(options.ConnectionString) is { } text ? AzureConnectionString.TryParse(text, out _) : null;
        var given = NullIfEmpty(options.AccountName) ?? connection?.AccountName;
        var uri = new Uri(NullIfEmpty(options.BlobServiceUri) ?? connection?.BlobEndpoint ?? $"https://{given}.blob.core.windows.net");
        var key = NullIfEmpty(options.AccountKey);
        var sas = NullIfEmpty(options.SasToken);
        if (key is null && sas is null)
        {
            key = NullIfEmpty(connection?.AccountKey);
            sas = key is null ? NullIfEmpty(connection?.SasToken) : null;
        }

        return new AzureAccount(given ?? NameIn(uri) ?? "", uri, key, sas?.TrimStart('?'));
    }

    /// <summary>The account that an endpoint names; null if it names none.</summary>
    public static string? NameIn(Uri uri)
    {
        if (uri.IsLoopback || IPAddress.TryParse(uri.Host.Trim('[', ']'), out _))
        {
            var path = uri.AbsolutePath.Trim('/');
            return path.Length == 0 ? null : path.Split('/')[0];
        }

        var dot = uri.Host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? uri.Host[..dot] : null;
    }

    /// <summary>Without key and SAS.</summary>
    /// <returns>Text that is safe to log.</returns>
    public override string ToString() => $"{Name} {ServiceUri}";

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
