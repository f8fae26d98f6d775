using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>PutObject.</summary>
internal sealed class S3ObjectWriter(S3BucketClient client)
{
    public async Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Put, key) { IsWrite = true, Body = body };
        S3ObjectHeaders.Add(request, options, client.Profile);
        S3ObjectHeaders.AddCondition(request, options.Condition, client.Profile);
        S3Checksums.Add(request, checksum);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new PutResult
        {
            Tag = VersionTag.Parse(S3Headers.Get(response.Headers, "ETag")),
            VersionId = S3Headers.Get(response.Headers, "x-amz-version-id"),
        };
    }
}
