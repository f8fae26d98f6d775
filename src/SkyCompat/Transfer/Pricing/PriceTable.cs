using System.Net;
using System.Text.Json;
using SkyCompat.Diagnostics;

namespace SkyCompat.Transfer.Pricing;

/// <summary>What transfers cost, by dated data. List prices of the first volume tier; no discounts, no free quota.</summary>
internal sealed class PriceTable(PriceDocument document)
{
    private const string BuiltIn = "SkyCompat.Transfer.Pricing.prices.json";

    private readonly PriceDocument _document = document;

    public DateOnly AsOf => _document.AsOf;

    /// <summary>Reads a file of prices, or the built-in table.</summary>
    public static PriceTable Load(string? path)
    {
        try
        {
            using var stream = path is null ? typeof(PriceTable).Assembly.GetManifestResourceStream(BuiltIn)! : File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, TransferJson.Default.PriceDocument) is { Egress: not null, Requests: not null } document
                ? new PriceTable(document)
                : throw new JsonException("It needs AsOf, Egress and Requests.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"The prices in '{path}' (SkyCompat:Transfer:PricesPath) cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>US dollars per GiB from one cloud to another place; null if no price is known.</summary>
    public decimal? EgressPerGiB(CloudIdentity? from, CloudIdentity? to)
    {
        if (from is null || IsHere(from))
        {
            return 0;
        }

        return EgressPerGiB(PlaceOf(from), to is null ? "" : PlaceOf(to));
    }

    /// <summary>US dollars per GiB from one place to another, each as <c>Provider/region</c>; null if no price is known.</summary>
    public decimal? EgressPerGiB(string source, string target)
    {
        if (source.StartsWith("Local/", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        return _document.Egress.FirstOrDefault(price => Fits(price.From, source) && (price.To == "=" ? IsSameRegion(source, target) : Fits(price.To, target)))?.PerGiB;
    }

    /// <summary>US dollars for requests; 0 if no price is known.</summary>
    public decimal Requests(CloudIdentity? at, long reads, long writes) =>
        at is not null && !IsHere(at) && _document.Requests.FirstOrDefault(price => Fits(price.At, PlaceOf(at))) is { } known
            ? ((known.ReadsPerThousand * reads) + (known.WritesPerThousand * writes)) / 1000
            : 0;

    /// <summary>Whether a cloud is on this machine: an embedded store or an emulator, which sends no bill.</summary>
    private static bool IsHere(CloudIdentity cloud) =>
        cloud.ServerAddress is null || cloud.Host is "localhost" || (IPAddress.TryParse(cloud.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>The provider is known by its host where the adapter is that of a protocol that many speak: S3 at Amazon is Amazon's.</summary>
    private static string PlaceOf(CloudIdentity cloud)
    {
        var host = cloud.Host;
        if (host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase))
        {
            // s3.REGION.amazonaws.com; Amazon, "Amazon S3 endpoints".
            return $"Aws/{(host.Split('.') is [_, var region, "amazonaws", "com"] ? region : cloud.Location.Region)}";
        }

        return host.EndsWith(".r2.cloudflarestorage.com", StringComparison.OrdinalIgnoreCase) ? "Cloudflare/" : $"{cloud.Provider.Name}/{cloud.Location.Region}";
    }

    private static bool IsSameRegion(string source, string target) => !source.EndsWith('/') && string.Equals(source, target, StringComparison.OrdinalIgnoreCase);

    private static bool Fits(string pattern, string place) =>
        pattern.EndsWith('*') ? place.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase) : string.Equals(pattern, place, StringComparison.OrdinalIgnoreCase);
}
