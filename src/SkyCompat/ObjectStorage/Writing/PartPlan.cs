namespace SkyCompat.ObjectStorage;

/// <summary>How large the parts of an upload are: within the provider's limits, small enough for the byte budget, and growing so that the number of parts suffices for a body of unknown length.</summary>
internal sealed class PartPlan
{
    /// <summary>A body of known length up to this is sent by one request.</summary>
    public const long SingleRequestBytes = 16L << 20;

    private const long DefaultPartBytes = 8L << 20;
    private const long DefaultUniformPartBytes = 64L << 20;
    private const int GrowthSteps = 10;

    private readonly BucketCapabilities _capabilities;
    private readonly long _firstPartBytes;
    private readonly long _largestPartBytes;
    private readonly bool _grows;

    public PartPlan(BucketCapabilities capabilities, PutOptions options, long? length, long budgetBytes)
    {
        _capabilities = capabilities;
        _largestPartBytes = LargestPartBytes(capabilities, budgetBytes);
        var expected = length ?? options.SizeHintBytes;
        var wanted = options.PartSizeBytes ?? (capabilities.UniformParts && expected is null ? DefaultUniformPartBytes : DefaultPartBytes);

        // A hint may be short, so it leaves room for as much again.
        var needed = expected is null ? 0 : (expected.Value / capabilities.MaxParts * (length is null ? 2 : 1)) + 1;
        _firstPartBytes = Fit(Math.Max(wanted, needed));
        if (length is { } stated && (stated - 1) / _firstPartBytes >= capabilities.MaxParts)
        {
            throw TooManyParts(_firstPartBytes);
        }

        _grows = length is null && !capabilities.UniformParts;
        SingleBytes = Math.Min(capabilities.MaxPutBytes, length is { } known && known <= SingleRequestBytes ? known : _firstPartBytes);
    }

    /// <summary>The largest part that the provider takes and half the byte budget holds.</summary>
    public static long LargestPartBytes(BucketCapabilities capabilities, long budgetBytes) => Math.Max(capabilities.MinPartBytes, Math.Min(capabilities.MaxPartBytes, budgetBytes / 2));

    /// <summary>Up to how many bytes one request will do.</summary>
    public long SingleBytes { get; }

    /// <summary>The size of a part.</summary>
    /// <param name="number">From 1.</param>
    /// <exception cref="CloudException">InvalidArgument (TooLarge): the upload would have too many parts.</exception>
    public long SizeOf(int number)
    {
        if (number > _capabilities.MaxParts)
        {
            throw TooManyParts(SizeOf(_capabilities.MaxParts));
        }

        var step = _grows ? (number - 1) / Math.Max(1, _capabilities.MaxParts / GrowthSteps) : 0;
        return Fit(_firstPartBytes << step);
    }

    private CloudException TooManyParts(long partBytes) => new(
        CloudErrorCode.InvalidArgument,
        $"The body needs more than {_capabilities.MaxParts} parts of up to {partBytes} bytes. Give its length or a SizeHintBytes, larger parts, or a larger SkyCompat:BufferBudgetBytes.")
    {
        Reason = ObjectStorageErrorReasons.TooLarge,
    };

    private long Fit(long bytes)
    {
        var multiple = _capabilities.PartMultipleBytes;
        var fitted = Math.Clamp(bytes, _capabilities.MinPartBytes, _largestPartBytes);
        return (fitted + multiple - 1) / multiple * multiple;
    }
}
