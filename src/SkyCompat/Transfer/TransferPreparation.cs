using SkyCompat.Memory;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Planning;
using SkyCompat.Transfer.Pricing;
using SkyCompat.Transfer.Running;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer;

/// <summary>Checks a request and finds out what both sides can do, before anything is listed.</summary>
internal sealed class TransferPreparation(TransferSettings settings, ByteBudget budget)
{
    private readonly Lazy<PriceTable> _prices = new(() => PriceTable.Load(settings.PricesPath));

    /// <summary>The bucket of the engine beneath all wrappers; null for one that is not the engine's.</summary>
    public static Bucket? EngineOf(IBucket? bucket) => bucket?.GetService<IObjectLocator>()?.Locate("_", null).Bucket as Bucket;

    /// <summary>What a transfer is of, for its journal.</summary>
    public static string Identify(TransferRequest request) => $"{request.Mode} {Describe(request.Source)} to {Describe(request.Destination)}";

    public int MaxConcurrency(TransferRequest request) => request.Options.MaxConcurrency ?? settings.MaxConcurrency;

    /// <summary>Checks what needs no look at the buckets.</summary>
    public static void Check(TransferRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (source, target, options) = (request.Source, request.Destination, request.Options);
        Refuse(source.IsMany && !target.IsMany, "Many objects cannot go to one: name a prefix or a folder as the destination.");
        Refuse(request.Names is not null && !source.IsMany, "Names are relative to a prefix or a folder, and the source is a single object.");
        Refuse(request.Range is not null && (!source.IsMany || request.Names is not null), "A range is of a prefix or a folder, without a list of names.");
        Refuse(request.Range is { IsEmpty: true }, "The range holds no name: After must come before UpTo.");
        Refuse(request.Mode is TransferMode.Mirror && (!source.IsMany || request.Names is not null), "A mirror is of a whole prefix or folder: what is not named would be deleted.");
        Refuse(options.DeleteExtra && request.Mode is not TransferMode.Mirror, "DeleteExtra is for Mirror; nothing else deletes.");
        Refuse(options.Overwrite is TransferOverwrite.WhenUnchanged && request.Mode is TransferMode.Copy, "WhenUnchanged needs to have seen the destination: use Sync or Mirror.");
        Refuse(options.Overwrite is TransferOverwrite.WhenUnchanged && target.Bucket is null, "A folder cannot check that a file is unchanged at the moment it is replaced: use Always or Never.");
        Refuse((options.Routes & ~TransferRoute.All) != TransferRoute.None || options.Routes is TransferRoute.None, $"Routes must be one or more of {TransferRoute.ServerSideCopy}, {TransferRoute.Pull} and {TransferRoute.Pipe}.");
        Refuse(options.MaxConcurrency is < 1 or > 1024, $"MaxConcurrency is from 1 to 1,024, not {options.MaxConcurrency}.");
        Refuse(options.MaxBytesPerSecond is < 1, $"MaxBytesPerSecond is at least 1, not {options.MaxBytesPerSecond}.");
        Refuse(options.PartSizeBytes is < 1, $"PartSizeBytes is at least 1, not {options.PartSizeBytes}.");
        Refuse(options.MaxDeletes < 0, $"MaxDeletes is at least 0, not {options.MaxDeletes}.");
        Refuse(options.PullFromBytes < 0, $"PullFromBytes is at least 0, not {options.PullFromBytes}.");
        CheckOverlap(source, target);
        if (source.Bucket is null && !(source.IsMany ? Directory.Exists(source.Path) : File.Exists(source.Path)))
        {
            throw new CloudException(CloudErrorCode.NotFound, $"There is no {(source.IsMany ? "folder" : "file")} '{source.Path}'.") { Reason = ObjectStorageErrorReasons.ObjectNotFound, Resource = source.Path };
        }
    }

    /// <summary>Makes all that a transfer needs.</summary>
    /// <param name="request">The transfer.</param>
    /// <param name="journalId">The journal that goes on with unfinished files; null for none.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    public async Task<TransferContext> PrepareAsync(TransferRequest request, string? journalId, CancellationToken cancellationToken)
    {
        Check(request);
        var filter = new NameFilter(request.Filter);
        var source = request.Source.Bucket is { } from ? await from.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false) : null;
        var target = request.Destination.Bucket is { } to ? await to.GetCapabilitiesAsync(cancellationToken).ConfigureAwait(false) : null;
        CheckCapabilities(request, target);
        TransferTarget side = target is null
            ? new FolderTarget(request.Destination, request.Options, journalId, budget.Capacity)
            : new BucketTarget(request.Destination, target, request.Options, budget.Capacity);
        var (sourceCloud, targetCloud) = (EngineOf(request.Source.Bucket)?.Context.Calls.Cloud, EngineOf(request.Destination.Bucket)?.Context.Calls.Cloud);
        var carriesTags = request.Options.IncludeTags && source?.Supports(BucketFeatures.Tags) == true && target?.Supports(BucketFeatures.Tags) == true;
        var routes = new RoutePlanner(FindFacts(request, source, target, carriesTags, side));
        var egress = _prices.Value.EgressPerGiB(sourceCloud, targetCloud);
        return new TransferContext
        {
            Request = request,
            Source = ReaderOf(request, request.Source, source, carriesTags),
            Target = side,
            TargetReader = ReaderOf(request, request.Destination, target, includesTags: false),
            Routes = routes,
            Filter = filter,
            Prices = _prices.Value,
            Budget = budget,
            CarriesTags = carriesTags,
            CarriesTier = request.Options.IncludeTier && source?.Supports(BucketFeatures.Tiers) == true && target?.Supports(BucketFeatures.Tiers) == true,
            DeletesPerRequest = target?.Supports(BucketFeatures.BatchDelete) == true ? target.MaxBatchDelete : 1,
            PinsCopySource = target?.Supports(BucketFeatures.CopySourceIfMatch) == true,
            SourceCloud = sourceCloud,
            TargetCloud = targetCloud,
            Outline = new TransferOutline
            {
                Routes = routes.Choices,
                Losses = [.. FindLosses(request, source, target)],
                EgressPricePerGiB = egress,
                PricesAsOf = egress is null ? null : _prices.Value.AsOf,
            },
        };
    }

    private static TransferSource ReaderOf(TransferRequest request, TransferLocation location, BucketCapabilities? capabilities, bool includesTags) =>
        capabilities is null ? new FolderSource(location, request.Range) : new BucketSource(location, request.Range, capabilities.Supports(BucketFeatures.OrderedList), includesTags);

    private static RouteFacts FindFacts(TransferRequest request, BucketCapabilities? source, BucketCapabilities? target, bool carriesTags, TransferTarget side) => new()
    {
        Allowed = request.Options.Routes,
        NoServerSideCopy = WhyNoServerSideCopy(request, target),
        NoPull = WhyNoPull(request, source, target),
        PullFromBytes = Math.Max(1, request.Options.PullFromBytes),
        PullUpToBytes = target is null ? long.MaxValue : Math.Min(target.MaxObjectBytes, target.MaxParts > long.MaxValue / target.MaxPartBytes ? long.MaxValue : target.MaxParts * target.MaxPartBytes),
        CountParts = side.CountParts,
        PartsAboveBytes = side.PartsAboveBytes,
        ReadsTags = carriesTags,
        RewritesAttributes = request.Options.IncludeModifiedTime || request.Options.RequireChecksum || !request.Options.IncludeTags,
        SourceIsBucket = source is not null,
        TargetIsBucket = target is not null,
    };

    private static string? WhyNoServerSideCopy(TransferRequest request, BucketCapabilities? target)
    {
        if (request.Source.Bucket is null || target is null)
        {
            return "one side is a local folder";
        }

        var (from, to) = (EngineOf(request.Source.Bucket), EngineOf(request.Destination.Bucket));
        return from is null || to is null || !to.Context.Driver.CanCopyFrom(from.Context.Driver) ? "the sides are not on one service"
            : !target.Supports(BucketFeatures.ServerSideCopy) ? "the service does not copy by itself"
            : request.Options.Overwrite is not TransferOverwrite.Always && !target.Supports(BucketFeatures.ConditionalCopy) ? "the service does not copy under a condition"
            : null;
    }

    private static string? WhyNoPull(TransferRequest request, BucketCapabilities? source, BucketCapabilities? target)
    {
        if (source is null || target is null)
        {
            return "one side is a local folder";
        }

        if (request.Options.RequireChecksum)
        {
            return "a checksum is required, and what the destination tells of pulled parts cannot always be compared";
        }

        return !target.Supports(BucketFeatures.PullParts | BucketFeatures.Multipart) ? "the destination does not read from URLs"
            : !source.Supports(BucketFeatures.SignGet) ? "the source signs no URLs"
            : EngineOf(request.Source.Bucket)?.Context.Calls.Cloud is not { ServerAddress: not null } from ? "the source's URLs are good on this machine only"
            : PrivateNetwork.Holds(from.Host) && EngineOf(request.Destination.Bucket) is { } to && !PrivateNetwork.Holds(to.Context.Calls.Cloud.Host) ? "the source is on a private network, where the destination cannot reach it"
            : null;
    }

    private static void CheckCapabilities(TransferRequest request, BucketCapabilities? target)
    {
        var needed = request.Options.Overwrite switch
        {
            TransferOverwrite.Never => BucketFeatures.PutIfAbsent,
            TransferOverwrite.WhenUnchanged => BucketFeatures.ConditionalPut,
            _ => BucketFeatures.None,
        };
        if (target is not null && !target.Supports(needed))
        {
            throw new CloudException(CloudErrorCode.Unsupported, $"Overwrite {request.Options.Overwrite} needs {needed & ~target.Features}, which bucket '{request.Destination.Bucket!.Name}' lacks.");
        }
    }

    private static IEnumerable<TransferLoss> FindLosses(TransferRequest request, BucketCapabilities? source, BucketCapabilities? target)
    {
        var options = request.Options;
        if (source is not null && target is null)
        {
            yield return new TransferLoss(TransferLossKind.Headers, "A file has no content headers.");
            yield return new TransferLoss(TransferLossKind.Metadata, "A file has no metadata.");
        }

        if (source?.Supports(BucketFeatures.Tags) == true && target?.Supports(BucketFeatures.Tags) != true && options.IncludeTags)
        {
            yield return new TransferLoss(TransferLossKind.Tags, "The destination has no tags.");
        }

        if (source?.Supports(BucketFeatures.Tiers) == true && target?.Supports(BucketFeatures.Tiers) != true && options.IncludeTier)
        {
            yield return new TransferLoss(TransferLossKind.Tier, "The destination has no tiers.");
        }

        if (source?.Supports(BucketFeatures.Versions) == true)
        {
            yield return new TransferLoss(TransferLossKind.Versions, "Only current versions are copied.");
        }
    }

    /// <summary>A side within the other would be listed while it is written, and a mirror could delete its own source.</summary>
    private static void CheckOverlap(TransferLocation source, TransferLocation target)
    {
        var (from, to) = (Place(source), Place(target));
        if (from.Store is null || to.Store is null || (from.Store != to.Store && !IsOneBucket(source, target)))
        {
            return;
        }

        var overlaps = (source.IsMany, target.IsMany) switch
        {
            (true, true) => from.Path.StartsWith(to.Path, StringComparison.Ordinal) || to.Path.StartsWith(from.Path, StringComparison.Ordinal),
            (false, true) => to.Path + from.Path[(from.Path.LastIndexOf('/') + 1)..] == from.Path,
            _ => from.Path == to.Path,
        };
        Refuse(overlaps, "Source and destination overlap. Move one of them out of the other.");
    }

    /// <summary>One store may be configured as two clouds.</summary>
    private static bool IsOneBucket(TransferLocation source, TransferLocation target) =>
        EngineOf(source.Bucket) is { } from && EngineOf(target.Bucket) is { } to && from.Name == to.Name && to.Context.Driver.IsInStoreOf(from.Context.Driver);

    private static (string? Store, string Path) Place(TransferLocation location)
    {
        if (location.Bucket is null)
        {
            var path = location.Path.Replace(Path.DirectorySeparatorChar, '/');
            return ("", location.IsMany && !path.EndsWith('/') ? path + "/" : path);
        }

        // One character stands for the key, since an empty one is none.
        var located = location.Bucket.GetService<IObjectLocator>()?.Locate(location.Path + "_", null);
        return located?.Bucket is Bucket bucket ? ($"{bucket.Context.Calls.Cloud.Name}:{bucket.Name}", located.Key[..^1]) : (null, location.Path);
    }

    private static string Describe(TransferLocation location) => location.Bucket is null ? location.Path : $"{Place(location).Store ?? location.Bucket.Name}/{Place(location).Path}";

    private static void Refuse(bool condition, string message)
    {
        if (condition)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, message);
        }
    }
}
