using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Put Blob.</summary>
internal sealed class BlobWriter(AzureClient client)
{
    public async Task<PutResult> PutAsync(string key, UploadBody body, Checksum? checksum, PutOptions options, CancellationToken cancellationToken)
    {
        var request = new AzureRequest(HttpMethod.Put, key) { IsWrite = true, IsCreation = true, Body = body };
        request.AddHeader("x-ms-blob-type", "BlockBlob");
        BlobHeaders.Add(request, options, checksum);
        BlobChecksums.Add(request, checksum, client.Context.Options.UploadChecksum);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return BlobHeaders.ReadResult(response);
    }
}
