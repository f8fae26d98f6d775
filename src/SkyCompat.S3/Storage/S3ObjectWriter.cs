using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>PutObject.</summary>
internal sealed class S3ObjectWriter(S3BucketClient client)
{
    public async Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Put, key) { IsWrite = true, Body = body };
        var dialect = client.Context.Dialect;
        S3ObjectHeaders.Add(request, options, client.Context);
        S3ObjectHeaders.AddCondition(request, options.Condition, client.Profile);
        dialect.AddChecksum(request, checksum, client.Context.Endpoint.IsExposed);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        dialect.CheckStored(response, checksum, isRepeatable: options.Condition.Kind == WriteConditionKind.None);
        return new PutResult
        {
            Tag = VersionTag.Parse(S3Headers.Get(response.Headers, "ETag")),
            VersionId = S3Headers.Get(response.Headers, dialect.VersionId),
        };
    }
}
