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
            CloudErrorCode.CapacityShortage => settings.AvoidCapacityFor,
            CloudErrorCode.QuotaExceeded => settings.AvoidQuotaFor,
            CloudErrorCode.Unsupported => NotSold,
            CloudErrorCode.Unauthenticated or CloudErrorCode.PermissionDenied => Refused,
            _ => Broken,
        };

        // A quota is of a family in a region; stock is of a type, and what is larger needs more of the same, in a zone.
        var quota = code == CloudErrorCode.QuotaExceeded;
        var item = new AvoidedOffers
        {
            Cloud = offer.Cloud,
            Scope = scope == ErrorScope.Request ? ErrorScope.Offer : scope,
            Region = scope == ErrorScope.Cloud ? null : offer.Location.Region,
            Zone = scope is ErrorScope.Zone || (scope is ErrorScope.Offer or ErrorScope.Request && !quota) ? offer.Location.Zone : null,
            Market = offer.Market,
            InstanceType = offer.InstanceType,
            Family = code == CloudErrorCode.Unsupported ? null : offer.Family,
            VCpus = offer.Shape.VCpus,
            Until = time.GetUtcNow() + kept,
            Code = code,
        };
        lock (_lock)
        {
            _items.Add(item);
        }
    }
}
