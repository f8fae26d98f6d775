using System.Globalization;
using System.Text;
using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Azure;

/// <summary>Blob Batch: up to 256 deletes in one request, each authorized by itself.</summary>
internal sealed class BlobBatch(AzureClient client)
{
    public const int MaxKeys = 256;

    public async Task<IReadOnlyList<DeleteResult>> DeleteAsync(IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var results = new DeleteResult[keys.Count];
        var sent = new List<int>(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            if (BlobKeys.CanHold(keys[i]))
            {
                sent.Add(i);
            }
            else
            {
                results[i] = new DeleteResult(keys[i], DeleteOutcome.Missing);
            }
        }

        if (sent.Count > 0)
        {
            await SendAsync(keys, sent, results, cancellationToken).ConfigureAwait(false);
        }

        return results;
    }

    private async Task SendAsync(IReadOnlyList<string> keys, List<int> sent, DeleteResult[] results, CancellationToken cancellationToken)
    {
        var token = client.Context.Access.Tokens is { } tokens ? await tokens.GetAsync(cancellationToken).ConfigureAwait(false) : null;
        var boundary = $"batch_{Guid.NewGuid():D}";
        var body = new UploadBody(new(Encoding.ASCII.GetBytes(Compose(keys, sent, boundary, token))));
        await using (body.ConfigureAwait(false))
        {
            var request = new AzureRequest(HttpMethod.Post) { IsWrite = true, Subject = AzureSubject.Container, Body = body, ContentType = $"multipart/mixed; boundary={boundary}" };
            request.AddQuery("restype", "container");
            request.AddQuery("comp", "batch");
            using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
            var replies = BatchReply.Parse(Encoding.UTF8.GetString(document.Bytes));
            for (var i = 0; i < sent.Count; i++)
            {
                // A batch that is refused as a whole is answered with one part that names no request.
                var reply = replies.TryGetValue(i, out var own) ? own : replies.GetValueOrDefault(BatchReply.Whole);
                results[sent[i]] = ToResult(keys[sent[i]], reply);
            }
        }
    }

    private string Compose(IReadOnlyList<string> keys, List<int> sent, string boundary, string? token)
    {
        var access = client.Context.Access;
        var date = AzureHeaders.FormatDate(client.Context.Clock.Now);
        NameValue[] headers = [new NameValue("x-ms-date", date)];
        var text = new StringBuilder();
        for (var i = 0; i < sent.Count; i++)
        {
            var path = PathOf(keys[sent[i]]);
            var authorization = token ?? access.Key?.Authorize("DELETE", contentLength: null, contentType: null, path, headers, []);
            text.Append("--").Append(boundary).Append("\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ")
                .Append(CultureInfo.InvariantCulture, $"{i}").Append("\r\n\r\nDELETE ").Append(path);
            if (access.Sas is not null)
            {
                text.Append('?').Append(access.Sas);
            }

            text.Append(" HTTP/1.1\r\nx-ms-date: ").Append(date).Append("\r\n");
            if (authorization is not null)
            {
                text.Append("Authorization: ").Append(authorization).Append("\r\n");
            }

            text.Append("Content-Length: 0\r\n\r\n");
        }

        return text.Append("--").Append(boundary).Append("--\r\n").ToString();
    }

    private string PathOf(string key)
    {
        var path = new TextBuilder(stackalloc char[512]);
        try
        {
            client.Context.Endpoint.AppendPath(ref path, client.Container, key);
            return path.ToString();
        }
        finally
        {
            path.Dispose();
        }
    }

    private static DeleteResult ToResult(string key, BatchReply? reply)
    {
        if (reply is { Status: >= 200 and < 300 })
        {
            return new DeleteResult(key, DeleteOutcome.Deleted);
        }

        var exception = reply is null
            ? new CloudException(CloudErrorCode.Unknown, "The service's reply to the batch says nothing of this key.") { MayHaveTakenEffect = true }
            : AzureErrors.Create(
                new AzureFailure { Status = reply.Status, Code = reply.Code, RequestId = reply.RequestId }, AzureSubject.Object, AzureCondition.None, isWrite: true);
        return exception.Reason == ObjectStorageErrorReasons.ObjectNotFound
            ? new DeleteResult(key, DeleteOutcome.Missing)
            : new DeleteResult(key, DeleteOutcome.Failed, exception);
    }
}
