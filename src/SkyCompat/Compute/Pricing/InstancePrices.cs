using System.Collections.Frozen;
using System.Text.Json;

namespace SkyCompat.Compute.Pricing;

/// <summary>Prices for offers whose provider told none, by dated data.</summary>
internal sealed class InstancePrices(InstancePriceDocument document)
{
    private const string BuiltIn = "SkyCompat.Compute.Pricing.instance-prices.json";

    private readonly FrozenDictionary<string, InstancePrice[]> _byType = document.Instances.GroupBy(price => price.Type, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);

    private readonly DateTimeOffset _asOf = new(document.AsOf.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>Reads a file of prices, or the built-in table.</summary>
    public static InstancePrices Load(string? path)
    {
        try
        {
            using var stream = path is null ? typeof(InstancePrices).Assembly.GetManifestResourceStream(BuiltIn)! : File.OpenRead(path);
            return JsonSerializer.Deserialize(stream, ComputeJson.Default.InstancePriceDocument) is { Instances: not null } read
                ? new InstancePrices(read)
                : throw new JsonException("It needs AsOf and Instances.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, $"The prices in '{path}' (SkyCompat:Compute:PricesPath) cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The offer with a price, if the table has one and the provider told none.</summary>
    public Offer Fill(Offer offer)
    {
        if (offer.HourlyPriceUsd is not null || !_byType.TryGetValue(offer.InstanceType, out var prices))
        {
            return offer;
        }

        var place = $"{offer.Provider.Name}/{offer.Location.Region}";
        var price = Array.Find(prices, item => item.At.EndsWith('*') ? place.StartsWith(item.At[..^1], StringComparison.OrdinalIgnoreCase) : string.Equals(place, item.At, StringComparison.OrdinalIgnoreCase));
        return (offer.Market == Market.Spot ? price?.Spot : price?.OnDemand) is { } found ? offer with { HourlyPriceUsd = found, PricedAt = _asOf } : offer;
    }
}
