using System.Collections.Concurrent;
using System.Text.Json;
using SkyCompat.Compute;

namespace SkyCompat.Azure;

/// <summary>List prices of sizes, from the public price list, kept for an hour. No credentials are sent.</summary>
internal sealed class RetailPrices(HttpMessageInvoker http, Uri endpoint, TimeProvider time)
{
    // As many as a URL holds with room to spare.
    private const int SizesPerRequest = 15;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(string Region, string Size), (DateTimeOffset Until, RetailPrice? OnDemand, RetailPrice? Spot)> _kept = new();

    /// <summary>Finds prices.</summary>
    /// <param name="region">The region.</param>
    /// <param name="sizes">The sizes.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The prices that are known, by size and market.</returns>
    public async Task<IReadOnlyDictionary<(string Size, Market Market), RetailPrice>> FindAsync(string region, IReadOnlyList<string> sizes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var some in sizes.Where(size => !_kept.TryGetValue((region, size), out var kept) || now >= kept.Until).Chunk(SizesPerRequest))
        {
            await FetchAsync(region, some, now, cancellationToken).ConfigureAwait(false);
        }

        var found = new Dictionary<(string, Market), RetailPrice>();
        foreach (var size in sizes)
        {
            if (_kept.TryGetValue((region, size), out var kept))
            {
                Add(Market.OnDemand, kept.OnDemand);
                Add(Market.Spot, kept.Spot);
            }

            void Add(Market market, RetailPrice? price)
            {
                if (price is not null)
                {
                    found[(size, market)] = price;
                }
            }
        }

        return found;
    }

    private async Task FetchAsync(string region, string[] sizes, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var prices = new Dictionary<(string Size, Market Market), decimal>();
        var names = string.Join(" or ", sizes.Select(static size => $"armSkuName eq '{size}'"));
        var filter = $"serviceName eq 'Virtual Machines' and priceType eq 'Consumption' and armRegionName eq '{region}' and ({names})";
        var next = new Uri($"{endpoint.GetLeftPart(UriPartial.Path)}?currencyCode='USD'&$filter={Uri.EscapeDataString(filter)}");
        while (next is not null)
        {
            var page = await GetAsync(next, cancellationToken).ConfigureAwait(false);
            if (page.ValueKind == JsonValueKind.Undefined)
            {
                return;
            }

            foreach (var item in page.Items("Items"))
            {
                Collect(item, prices);
            }

            next = Uri.TryCreate(page.Text("NextPageLink"), UriKind.Absolute, out var link) && link.Authority == endpoint.Authority && link != next ? link : null;
        }

        foreach (var size in sizes)
        {
            _kept[(region, size)] = (now + Lifetime, PriceOf(Market.OnDemand), PriceOf(Market.Spot));
            RetailPrice? PriceOf(Market market) => prices.TryGetValue((size, market), out var amount) ? new RetailPrice(amount, now) : null;
        }
    }

    /// <summary>Takes the hourly price of a machine without a licence; the list has Windows, reservations and the older kind of spare capacity in between.</summary>
    private static void Collect(JsonElement item, Dictionary<(string Size, Market Market), decimal> prices)
    {
        var product = item.Text("productName") ?? "";
        var meter = item.Text("skuName") ?? item.Text("meterName") ?? "";
        if (item.Text("armSkuName") is not { Length: > 0 } size || item.Text("unitOfMeasure") != "1 Hour" || item.Text("type") is { } type && type != "Consumption" ||
            Has(product, "Windows") || Has(product, "CloudServices") || Has(product, "Cloud Services") || Has(meter, "Low Priority") ||
            item.At("retailPrice") is not { ValueKind: JsonValueKind.Number } amount || !amount.TryGetDecimal(out var price) || price <= 0)
        {
            return;
        }

        var key = (size, Has(meter, "Spot") ? Market.Spot : Market.OnDemand);
        prices[key] = prices.TryGetValue(key, out var known) ? Math.Min(known, price) : price;
    }

    /// <summary>A page; undefined where the price list cannot be reached, as in closed networks, since machines can be had without knowing their price.</summary>
    private async Task<JsonElement> GetAsync(Uri uri, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, uri);
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                // Asked too often, or down for a while: the engine asks again.
                return (int)response.StatusCode is 429 or >= 500
                    ? throw new CloudException(CloudErrorCode.Throttled, "The price list asks to slow down.") { StatusCode = (int)response.StatusCode }
                    : default;
            }

            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException || TransportErrors.Explains(exception, cancellationToken))
        {
            return default;
        }
    }

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
