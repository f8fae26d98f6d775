namespace SkyCompat.ObjectStorage;

/// <summary>Parts pulled over a driver.</summary>
internal sealed class PartPulls(BucketContext bucket) : IPartPulls
{
    public Task<UploadedPart> PullPartAsync(MultipartUpload upload, int number, SignedRequest source, long offset, long length, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(upload);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return bucket.Calls.TraceAsync(
            "PullPart",
            bucket.Name,
            upload.Key,
            (bucket, upload, number, source, offset, length),
            static async (s, token) =>
            {
                var capabilities = await s.bucket.GetCapabilitiesAsync(token).ConfigureAwait(false);
                s.bucket.Require(capabilities, BucketFeatures.PullParts | BucketFeatures.Multipart, "read parts from a URL");
                Check(capabilities, s.number, s.source, s.length);
                var part = await s.bucket.SendAsync(
                    "PullPart",
                    s.upload.Key,
                    (s.bucket.Driver, s.upload, s.number, s.source, s.offset, s.length),
                    static (c, attempt) => c.Driver.PullPartAsync(c.upload, c.number, c.source, c.offset, c.length, attempt.Token),
                    token).ConfigureAwait(false);
                return part with { Number = s.number, Size = s.length };
            },
            cancellationToken);
    }

    private static void Check(BucketCapabilities capabilities, int number, SignedRequest source, long length)
    {
        if (source.Method != "GET" || source.RequiredHeaders.Count > 0)
        {
            throw Invalid("A part is pulled by a signed GET that needs no headers.");
        }

        if (number < 1 || number > capabilities.MaxParts)
        {
            throw Invalid($"Part numbers are from 1 to {capabilities.MaxParts}, not {number}.");
        }

        if (length < 1 || length > capabilities.MaxPartBytes)
        {
            throw Invalid($"A part has 1 to {capabilities.MaxPartBytes} bytes, not {length}.");
        }
    }

    private static CloudException Invalid(string message) => new(CloudErrorCode.InvalidArgument, message) { Reason = ObjectStorageErrorReasons.InvalidPart };
}
