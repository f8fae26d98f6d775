using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Delete Blob.</summary>
internal sealed class BlobDeleter(AzureClient client)
{
    public async Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken)
    {
        var conditional = !options.IfMatch.IsEmpty;
        var request = new AzureRequest(HttpMethod.Delete, key)
        {
            IsWrite = true,
            Subject = options.VersionId is null || conditional ? AzureSubject.Object : AzureSubject.Version,
            Condition = conditional ? AzureCondition.IfMatch : AzureCondition.None,
        };
        if (options.VersionId is not null)
        {
            request.AddQuery("versionid", options.VersionId);
        }

        if (conditional)
        {
            request.AddHeader("if-match", AzureHeaders.Quote(options.IfMatch));
        }

        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return new DeleteResult(key, DeleteOutcome.Deleted);
        }
        catch (CloudException exception) when (exception.Reason is ObjectStorageErrorReasons.ObjectNotFound or ObjectStorageErrorReasons.VersionNotFound)
        {
            return new DeleteResult(key, DeleteOutcome.Missing);
        }
    }
}
