using System.Net;
using System.Xml;
using SkyCompat.ObjectStorage;

namespace SkyCompat.S3;

/// <summary>DeleteObject and DeleteObjects.</summary>
internal sealed class S3Deleter(S3BucketClient client, S3ObjectReader reader)
{
    public async Task<DeleteResult> DeleteAsync(string key, DeleteOptions options, CancellationToken cancellationToken)
    {
        var conditional = !options.IfMatch.IsEmpty;
        if (conditional && !client.Profile.DeleteIfMatchFailsOnMissing && await reader.TryGetInfoAsync(key, options.VersionId, cancellationToken).ConfigureAwait(false) is null)
        {
            throw new CloudException(CloudErrorCode.PreconditionFailed, "There is no object, so it does not have the tag that was demanded.");
        }

        var request = new S3Request(HttpMethod.Delete, key)
        {
            IsWrite = true,
            Condition = conditional ? S3Condition.IfMatch : S3Condition.None,
        };
        if (options.VersionId is not null)
        {
            request.AddQuery("versionId", options.VersionId);
        }

        if (conditional)
        {
            request.AddHeader("if-match", S3Headers.Quote(options.IfMatch));
        }

        try
        {
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return new DeleteResult(key, DeleteOutcome.Gone);
        }
        // Amazon answers 204 for a missing object, Google and others 404.
        catch (CloudException exception) when (exception.Reason is ObjectStorageErrorReasons.ObjectNotFound or ObjectStorageErrorReasons.VersionNotFound)
        {
            return new DeleteResult(key, DeleteOutcome.Missing);
        }
    }

    public async Task<IReadOnlyList<DeleteResult>> DeleteBatchAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var results = new DeleteResult[keys.Count];
        var places = new Dictionary<string, int>(keys.Count, StringComparer.Ordinal);
        var xml = new S3Xml(client.Context.Dialect, "Delete");
        xml.Add("Quiet", "true");
        for (var i = 0; i < keys.Count; i++)
        {
            results[i] = new DeleteResult(keys[i], DeleteOutcome.Gone);
            if (S3Xml.CanCarry(keys[i]))
            {
                places.Add(keys[i], i);
                xml.Open("Object");
                xml.Add("Key", keys[i]);
                xml.Close("Object");
            }
        }

        if (places.Count > 0)
        {
            await SendBatchAsync(xml, places, results, cancellationToken).ConfigureAwait(false);
        }

        if (places.Count < keys.Count)
        {
            await DeleteSinglyAsync(keys, places, results, cancellationToken).ConfigureAwait(false);
        }

        return results;
    }

    /// <summary>Keys with characters that XML cannot carry take a request each: the document of a batch has no way to name them.</summary>
    private async Task DeleteSinglyAsync(IReadOnlyList<string> keys, Dictionary<string, int> sent, DeleteResult[] results, CancellationToken cancellationToken)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            if (!sent.ContainsKey(keys[i]))
            {
                try
                {
                    results[i] = await DeleteAsync(keys[i], new DeleteOptions(), cancellationToken).ConfigureAwait(false);
                }
                catch (CloudException exception)
                {
                    results[i] = new DeleteResult(keys[i], DeleteOutcome.Failed, exception);
                }
            }
        }
    }

    private async Task SendBatchAsync(S3Xml xml, Dictionary<string, int> places, DeleteResult[] results, CancellationToken cancellationToken)
    {
        var body = xml.ToBytes();
        var request = new S3Request(HttpMethod.Post) { IsWrite = true, Subject = S3Subject.Bucket };
        request.AddQuery("delete");
        request.SetBody(body, S3Xml.ContentType);
        request.AddHeader("content-md5", ContentMd5.Of(body));
        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        if (document.IsEmpty)
        {
            return;
        }

        foreach (var (key, code, message) in document.Read(ReadErrors))
        {
            if (places.TryGetValue(key, out var place))
            {
                results[place] = ToResult(client.Context.Dialect, key, code, message);
            }
        }
    }

    private static List<(string Key, string? Code, string? Message)> ReadErrors(XmlReader reader)
    {
        var errors = new List<(string, string?, string?)>();
        while (reader.ReadToElement())
        {
            if (reader.LocalName != "Error")
            {
                continue;
            }

            string? key = null, code = null, message = null;
            using var error = reader.ReadSubtree();
            error.Read();
            while (error.ReadToElement())
            {
                switch (error.LocalName)
                {
                    case "Key":
                        key = error.ReadString();
                        break;
                    case "Code":
                        code = error.ReadString();
                        break;
                    case "Message":
                        message = error.ReadString();
                        break;
                }
            }

            if (key is not null)
            {
                errors.Add((key, code, message));
            }
        }

        return errors;
    }

    private static DeleteResult ToResult(S3Dialect dialect, string key, string? code, string? message)
    {
        var exception = dialect.CreateError(new S3Failure { Status = (int)HttpStatusCode.OK, Code = code, Message = message }, S3Subject.Object, S3Condition.None, isWrite: true);
        return exception.Reason == ObjectStorageErrorReasons.ObjectNotFound
            ? new DeleteResult(key, DeleteOutcome.Missing)
            : new DeleteResult(key, DeleteOutcome.Failed, exception);
    }
}
