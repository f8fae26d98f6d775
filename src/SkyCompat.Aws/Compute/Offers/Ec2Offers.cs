using System.Globalization;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Finds what can be launched: the types of a region, the zones that sell them, and in the spot market their prices. Prices on demand are in another service, so they stay open.</summary>
internal sealed class Ec2Offers(Ec2Calls calls, TimeProvider time)
{
    private const int TypesPerPage = 100;
    private const int RowsPerPage = 1000;
    private const string Linux = "Linux/UNIX";

    public async Task<DriverPage<Offer>> FindPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        var page = Ec2Page.Parse(pageToken, query.Regions);
        var request = TypesFor(query.Need, page.Token);
        var reply = await calls.TrySendAsync(
            page.Region, Ec2Intent.Read, client => client.DescribeInstanceTypesAsync(request, cancellationToken), ["InvalidInstanceType"], cancellationToken).ConfigureAwait(false);
        var types = new Dictionary<string, (InstanceTypeInfo Info, MachineShape Shape)>(StringComparer.Ordinal);
        foreach (var info in reply?.InstanceTypes ?? [])
        {
            if (Ec2Shapes.ShapeOf(info) is { } shape && query.Need.Refuses(shape) is null)
            {
                types[info.InstanceType.Value] = (info, shape);
            }
        }

        var offers = new List<Offer>();
        foreach (var names in types.Keys.Order(StringComparer.Ordinal).Chunk(TypesPerPage))
        {
            await AddAsync(query, page.Region, names, types, offers, cancellationToken).ConfigureAwait(false);
        }

        return new DriverPage<Offer>(offers, page.After(reply?.NextToken, query.Regions));
    }

    private static DescribeInstanceTypesRequest TypesFor(MachineNeed need, string? token) => need.InstanceType is { } type
        ? new DescribeInstanceTypesRequest { InstanceTypes = [type] }
        : new DescribeInstanceTypesRequest
        {
            // EC2 filters by exact values only, so ranges are looked at here. Old generations cost more for less; who wants one names it.
            Filters =
            [
                Ec2Tags.Filter("processor-info.supported-architecture", need.Architecture == CpuArchitecture.Arm64 ? "arm64" : "x86_64"),
                Ec2Tags.Filter("current-generation", "true"),
                Ec2Tags.Filter("supported-root-device-type", "ebs"),
                Ec2Tags.Filter("supported-virtualization-type", "hvm"),
            ],
            MaxResults = TypesPerPage,
            NextToken = token,
        };

    private async Task AddAsync(
        OfferQuery query, string region, string[] names, Dictionary<string, (InstanceTypeInfo Info, MachineShape Shape)> types, List<Offer> offers, CancellationToken cancellationToken)
    {
        var places = await FindPlacesAsync(query, region, names, cancellationToken).ConfigureAwait(false);
        var prices = query.Need.Markets.Contains(Market.Spot) && places.Count > 0
            ? await FindSpotPricesAsync(query, region, names, cancellationToken).ConfigureAwait(false)
            : [];
        foreach (var (name, zone) in places)
        {
            if (!types.TryGetValue(name, out var type))
            {
                continue;
            }

            foreach (var market in query.Need.Markets)
            {
                if (type.Info.SupportedUsageClasses?.Contains(market == Market.Spot ? "spot" : "on-demand") == false)
                {
                    continue;
                }

                var price = market == Market.Spot && prices.TryGetValue((name, zone), out var spot) ? spot : (Usd: null, At: null);
                offers.Add(new Offer
                {
                    Location = new CloudLocation(region, zone),
                    InstanceType = name,
                    Family = Ec2Shapes.FamilyOf(name),
                    QuotaGroup = Ec2Shapes.QuotaGroupOf(name),
                    Market = market,
                    Shape = type.Shape,
                    HourlyPriceUsd = price.Usd,
                    PricedAt = price.At,
                });
            }
        }
    }

    private async Task<List<(string Type, string Zone)>> FindPlacesAsync(OfferQuery query, string region, string[] names, CancellationToken cancellationToken)
    {
        var places = new List<(string Type, string Zone)>();
        string? token = null;
        do
        {
            var request = new DescribeInstanceTypeOfferingsRequest
            {
                LocationType = LocationType.AvailabilityZone,
                Filters = [Ec2Tags.Filter("instance-type", names)],
                MaxResults = RowsPerPage,
                NextToken = token,
            };
            if (query.Zones.Count > 0)
            {
                request.Filters.Add(Ec2Tags.Filter("location", query.Zones));
            }

            var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeInstanceTypeOfferingsAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            places.AddRange((reply.InstanceTypeOfferings ?? []).Select(offering => (offering.InstanceType.Value, offering.Location)));
            token = reply.NextToken;
        }
        while (!string.IsNullOrEmpty(token));
        return places;
    }

    private async Task<Dictionary<(string Type, string Zone), (decimal? Usd, DateTimeOffset? At)>> FindSpotPricesAsync(
        OfferQuery query, string region, string[] names, CancellationToken cancellationToken)
    {
        var prices = new Dictionary<(string Type, string Zone), (decimal? Usd, DateTimeOffset? At)>();

        // A history that starts now holds the price that is true now, once for each type and zone.
        var now = time.GetUtcNow().UtcDateTime;
        string? token = null;
        do
        {
            var request = new DescribeSpotPriceHistoryRequest { InstanceTypes = [.. names], ProductDescriptions = [Linux], StartTime = now, EndTime = now, MaxResults = RowsPerPage, NextToken = token };
            if (query.Zones.Count > 0)
            {
                request.Filters = [Ec2Tags.Filter("availability-zone", query.Zones)];
            }

            var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeSpotPriceHistoryAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var row in reply.SpotPriceHistory ?? [])
            {
                DateTimeOffset? at = row.Timestamp is { } stamp ? new DateTimeOffset(stamp.ToUniversalTime()) : null;
                var key = (row.InstanceType.Value, row.AvailabilityZone);
                if (decimal.TryParse(row.Price, NumberStyles.Number, CultureInfo.InvariantCulture, out var usd) && (!prices.TryGetValue(key, out var known) || known.At < at))
                {
                    prices[key] = (usd, at ?? time.GetUtcNow());
                }
            }

            token = reply.NextToken;
        }
        while (!string.IsNullOrEmpty(token));
        return prices;
    }
}
