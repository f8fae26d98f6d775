namespace SkyCompat.Compute.Placement;

/// <summary>What failed lately in this process, by how much of a cloud each failure rules out.</summary>
internal sealed class AvoidList(TimeProvider time, ComputeSettings settings)
{
    // A type that a zone does not sell is not sold there tomorrow either; Karpenter's Azure provider waits as long.
    private static readonly TimeSpan NotSold = TimeSpan.FromHours(23);
    private static readonly TimeSpan Refused = TimeSpan.FromHours(1);
    private static readonly TimeSpan Broken = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<AvoidedOffers> _items = [];

    /// <summary>What is still to be avoided.</summary>
    public IReadOnlyCollection<AvoidedOffers> Current()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            _items.RemoveAll(item => item.Until <= now);
            return [.. _items];
        }
    }

    public void Add(Offer offer, CloudErrorCode code, ErrorScope scope)
    {
        var kept = code switch
        {
            CloudErrorCode.CapacityShortage => IsWide(scope) ? settings.AvoidRegionFor : settings.AvoidCapacityFor,
            CloudErrorCode.QuotaExceeded => IsWide(scope) ? settings.AvoidRegionFor : settings.AvoidQuotaFor,
            CloudErrorCode.Unsupported => NotSold,
            CloudErrorCode.Unauthenticated or CloudErrorCode.PermissionDenied => Refused,
            _ => Broken,
        };

        // An error that names nothing wider is of the offer; a lack of quota is never of one zone.
        var what = scope != ErrorScope.Request ? scope : code == CloudErrorCode.QuotaExceeded ? ErrorScope.QuotaGroup : ErrorScope.Offer;
        var item = new AvoidedOffers
        {
            Cloud = offer.Cloud,
            Scope = what,
            Region = what == ErrorScope.Cloud ? null : offer.Location.Region,
            Zone = what is ErrorScope.Zone or ErrorScope.Offer ? offer.Location.Zone : null,
            Market = offer.Market,
            InstanceType = offer.InstanceType,

            // What is larger needs more of the same stock or quota; what is not sold says nothing of others.
            Family = code == CloudErrorCode.Unsupported ? null : offer.Family,
            QuotaGroup = offer.QuotaGroup ?? offer.Family,
            VCpus = offer.Shape.VCpus,
            Until = time.GetUtcNow() + kept,
            Code = code,
        };
        lock (_lock)
        {
            _items.Add(item);
        }
    }

    /// <summary>Whether so much is affected that it is not over in minutes: a region has run out, or a quota of more than one family is used up.</summary>
    private static bool IsWide(ErrorScope scope) => scope is ErrorScope.OfferInRegion or ErrorScope.Market or ErrorScope.Region or ErrorScope.Cloud;
}
