using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Google;

/// <summary>Many deletes as one request (multipart/mixed), and one reply for each in the document that comes back.</summary>
internal static class DeleteBatch
{
    private const string PartHead = "Content-Type: application/http\r\nContent-ID: <";
    private const string ReplyId = "response-";

    /// <summary>Writes the requests; the position of a key is its id.</summary>
    public static HttpContent Write(string collectionPath, IReadOnlyList<string> keys)
    {
        var boundary = $"batch_{Guid.NewGuid():N}";
        var text = new StringBuilder();
        for (var i = 0; i < keys.Count; i++)
        {
            text.Append("--").Append(boundary).Append("\r\n" + PartHead).Append(CultureInfo.InvariantCulture, $"{i}>\r\n\r\n");
            text.Append("DELETE ").Append(collectionPath).Append(UriCharacters.Encode(keys[i], keepSlash: false)).Append(" HTTP/1.1\r\n\r\n\r\n");
        }

        text.Append("--").Append(boundary).Append("--\r\n");
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(text.ToString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("multipart/mixed") { Parameters = { new NameValueHeaderValue("boundary", boundary) } };
        return content;
    }

    /// <summary>Reads the replies.</summary>
    /// <param name="document">The document.</param>
    /// <param name="contentType">Its media type, which names the boundary.</param>
    /// <param name="keys">The keys, as they were asked.</param>
    /// <returns>One result per key, in the order of the keys; a key without a reply failed for now.</returns>
    public static DeleteResult[] Read(GoogleDocument document, string? contentType, IReadOnlyList<string> keys)
    {
        var results = new DeleteResult[keys.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = new DeleteResult(keys[i], DeleteOutcome.Failed, new CloudException(CloudErrorCode.Unavailable, "The store's reply to the batch says nothing of this key.") { MayHaveTakenEffect = true });
        }

        var boundary = MediaTypeHeaderValue.TryParse(contentType, out var type) ? type.Parameters.FirstOrDefault(p => p.Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))?.Value?.Trim('"') : null;
        if (string.IsNullOrEmpty(boundary))
        {
            throw new CloudException(CloudErrorCode.Unknown, "The reply to a batch is not one: something on the way, such as a proxy, answered in the store's place.") { MayHaveTakenEffect = true };
        }

        // The headers and errors of the replies are all text.
        var text = Encoding.UTF8.GetString(document.Bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
        foreach (var part in text.Split("--" + boundary).Skip(1))
        {
            ReadPart(part, results);
        }

        return results;
    }

    private static void ReadPart(string part, DeleteResult[] results)
    {
        var head = part.IndexOf("\n\n", StringComparison.Ordinal);
        var id = part.IndexOf(ReplyId, StringComparison.OrdinalIgnoreCase);
        if (head < 0 || id < 0 || id > head)
        {
            return;
        }

        var digits = part.AsSpan(id + ReplyId.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        var reply = part.AsSpan(head).TrimStart('\n');
        var space = reply.IndexOf(' ');
        if (end < 1 || space < 0 || reply.Length < space + 4 ||
            !int.TryParse(digits[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var position) || position >= results.Length ||
            !int.TryParse(reply.Slice(space + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return;
        }

        var body = reply.IndexOf("\n\n") is var gap and >= 0 ? reply[(gap + 2)..].Trim() : [];
        results[position] = ToResult(results[position].Key, status, body);
    }

    private static DeleteResult ToResult(string key, int status, ReadOnlySpan<char> body)
    {
        if (status is >= 200 and < 300)
        {
            return new DeleteResult(key, DeleteOutcome.Deleted);
        }

        var error = body.StartsWith("{") ? GoogleDocument.ReadJsonError(Encoding.UTF8.GetBytes(body.ToString())) : default;
        var exception = GoogleErrors.Create(
            new GoogleFailure { Status = status, Code = error.Code, Message = error.Message }, new RequestKind(GoogleSubject.Object, GoogleCondition.None, IsWrite: true));
        return exception.Reason == ObjectStorageErrorReasons.ObjectNotFound ? new DeleteResult(key, DeleteOutcome.Missing) : new DeleteResult(key, DeleteOutcome.Failed, exception);
    }
}
