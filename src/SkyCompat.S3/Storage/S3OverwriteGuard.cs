using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>Keeps the promise of create-if-absent on stores with a header of their own against overwriting. They ignore it, silently, as soon as the bucket keeps versions or once kept them.</summary>
/// <remarks>The bucket is asked before: the answer is kept, asked anew where it is old and a write depends on it, and the capability withdrawn. Where the keeping was switched on in between, the
/// reply tells, because then it has a version id: such a write is never a success. Its own version is deleted again, which brings back what it hid, and the write fails as it would have
/// failed had it been known. Only where the keeping is suspended is there nothing to take back, and the error says so.</remarks>
internal sealed class S3OverwriteGuard(S3BucketClient client, S3Versions versions, S3Deleter deleter, BucketCapabilities capabilities)
{
    /// <summary>What a bucket that keeps versions cannot do.</summary>
    public const BucketFeatures Withdrawn = BucketFeatures.PutIfAbsent | BucketFeatures.MultipartIfAbsent | BucketFeatures.CopyIfAbsent;

    /// <summary>The id of what is written where the keeping of versions is suspended: it replaced the one before for good.</summary>
    private const string Unversioned = "null";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private volatile Probe? _probe;

    /// <summary>What the bucket can do as far as is known, asked at the first use.</summary>
    public ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken) =>
        _probe is { } probe ? ValueTask.FromResult(probe.Capabilities) : new ValueTask<BucketCapabilities>(FirstAsync(cancellationToken));

    /// <summary>Forgets the answer, because the keeping of versions was switched from here.</summary>
    public void Forget() => _probe = null;

    /// <summary>Sends a write that must not replace anything.</summary>
    /// <param name="key">The key.</param>
    /// <param name="write">Sends it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The result of a write that replaced nothing.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.Unsupported"/>: the bucket keeps versions.</exception>
    public async Task<PutResult> CreateAsync(string key, Func<Task<PutResult>> write, CancellationToken cancellationToken)
    {
        if (_probe is not { } probe || client.Context.Clock.Now - probe.At > Lifetime)
        {
            probe = await AskAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!probe.IsUnversioned)
        {
            throw Refused("Nothing was written.");
        }

        PutResult result;
        try
        {
            result = await write().ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Reason == ObjectStorageErrorReasons.UploadNotFound)
        {
            // An attempt whose reply was lost may have completed the upload, and what it left would pass for a success.
            if ((await AskAsync(cancellationToken).ConfigureAwait(false)).IsUnversioned)
            {
                throw;
            }

            throw Refused("The upload may have been completed all the same, and so hide an object that was there; look at the versions of the key.", mayHaveTakenEffect: true);
        }

        if (result.VersionId is { Length: > 0 } version)
        {
            _probe = Learn(isUnversioned: false);
            throw await TakeBackAsync(key, version, cancellationToken).ConfigureAwait(false);
        }

        return result;
    }

    private async Task<CloudException> TakeBackAsync(string key, string version, CancellationToken cancellationToken)
    {
        if (version == Unversioned)
        {
            return Refused("The object was written, and may have replaced one that was there: the keeping of versions is suspended, so nothing can be brought back.", mayHaveTakenEffect: true);
        }

        try
        {
            await deleter.DeleteAsync(key, new DeleteOptions { VersionId = version }, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception)
        {
            return Refused($"The object was written as version {version}, which may hide one that was there, and could not be deleted again: {exception.Message}", mayHaveTakenEffect: true);
        }

        return Refused("What was written was deleted again; no other version was touched.");
    }

    private async Task<BucketCapabilities> FirstAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await AskAsync(cancellationToken).ConfigureAwait(false)).Capabilities;
        }
        catch (CloudException exception) when (!exception.IsTransient)
        {
            // No such bucket, wrong credentials: the operation that wants to know meets the same and says it in its own name. Nothing is remembered, so a write with the demand asks again.
            return capabilities;
        }
    }

    private async Task<Probe> AskAsync(CancellationToken cancellationToken)
    {
        bool isUnversioned;
        try
        {
            isUnversioned = await versions.GetStateAsync(cancellationToken).ConfigureAwait(false) == VersioningState.Disabled;
        }
        catch (CloudException exception) when (exception.Code is CloudErrorCode.PermissionDenied or CloudErrorCode.Unsupported)
        {
            // Credentials that may not look: then nothing can be promised.
            isUnversioned = false;
        }

        return _probe = Learn(isUnversioned);
    }

    private Probe Learn(bool isUnversioned) =>
        new(client.Context.Clock.Now, isUnversioned, isUnversioned ? capabilities : capabilities with { Features = capabilities.Features & ~Withdrawn });

    private static CloudException Refused(string outcome, bool mayHaveTakenEffect = false) => new(
        CloudErrorCode.Unsupported,
        $"The bucket keeps versions, or once kept them, or these credentials may not ask; the store then ignores the demand that no object has the key. {outcome}")
    {
        MayHaveTakenEffect = mayHaveTakenEffect,
    };

    private sealed record Probe(DateTimeOffset At, bool IsUnversioned, BucketCapabilities Capabilities);
}
