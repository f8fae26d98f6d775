using System.Globalization;

namespace SkyCompat.Azure;

/// <summary>The reply to one request of a batch.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Code">The service's error code, if any.</param>
/// <param name="RequestId">The service's id of the request.</param>
internal sealed record BatchReply(int Status, string? Code, string? RequestId)
{
    /// <summary>The place of a reply that names no request, and so is about all of them.</summary>
    public const int Whole = -1;

    /// <summary>Reads the replies in a multipart document, by the Content-ID of their requests.</summary>
    public static Dictionary<int, BatchReply> Parse(string document)
    {
        var replies = new Dictionary<int, BatchReply>();
        int id = Whole, status = 0;
        string? code = null, requestId = null;
        foreach (var line in document.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("--batchresponse_", StringComparison.OrdinalIgnoreCase))
            {
                Add();
                (id, status, code, requestId) = (Whole, 0, null, null);
            }
            else if (status == 0 && TryHeader(line, "Content-ID:", out var idText))
            {
                id = int.TryParse(idText, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Whole;
            }
            else if (status == 0 && line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && line.Length >= 12)
            {
                _ = int.TryParse(line.Slice(9, 3), NumberStyles.None, CultureInfo.InvariantCulture, out status);
            }
            else if (status != 0 && TryHeader(line, "x-ms-error-code:", out var codeText))
            {
                code = codeText.ToString();
            }
            else if (status != 0 && TryHeader(line, "x-ms-request-id:", out var requestText))
            {
                requestId = requestText.ToString();
            }
        }

        Add();
        return replies;

        void Add()
        {
            if (status != 0)
            {
                replies.TryAdd(id, new BatchReply(status, code, requestId));
            }
        }
    }

    private static bool TryHeader(ReadOnlySpan<char> line, string name, out ReadOnlySpan<char> value)
    {
        var found = line.StartsWith(name, StringComparison.OrdinalIgnoreCase);
        value = found ? line[name.Length..].Trim() : default;
        return found;
    }
}
