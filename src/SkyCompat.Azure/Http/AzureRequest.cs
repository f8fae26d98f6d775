using System.Buffers;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>One request before it is signed: what an operation says, without host, time and signature.</summary>
internal sealed class AzureRequest(HttpMethod method, string? key = null)
{
    private const int UsualHeaders = 16;
    private const int UsualQuery = 4;

    // Borrowed: a request lives from an operation's first line to its signature.
    private NameValue[] _headers = ArrayPool<NameValue>.Shared.Rent(UsualHeaders);
    private NameValue[]? _query;

    public HttpMethod Method { get; } = method;

    /// <summary>The key, as the user knows it; null for a request about the container or the account.</summary>
    public string? Key { get; } = key;

    public AzureSubject Subject { get; init; }

    /// <summary>Whether the request is about the account and names no container.</summary>
    public bool IsAboutAccount { get; init; }

    /// <summary>Whether the store changes if the request takes effect.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Whether it gives an object its key, or prepares that.</summary>
    public bool IsCreation { get; init; }

    /// <summary>Whether a reply of 404 is an answer and not an error.</summary>
    public bool AcceptNotFound { get; init; }

    public AzureCondition Condition { get; set; }

    /// <summary>The body; null for none. An empty body is sent with its length.</summary>
    public UploadBody? Body { get; set; }

    /// <summary>The Content-Type header, which the HTTP stack keeps with the body.</summary>
    public string? ContentType { get; set; }

    public ReadOnlySpan<NameValue> Headers => _headers.AsSpan(0, HeaderCount);

    public ReadOnlySpan<NameValue> Query => _query.AsSpan(0, QueryCount);

    private int HeaderCount { get; set; }

    private int QueryCount { get; set; }

    /// <summary>Adds a header; the name is in lower case and the value visible ASCII.</summary>
    public void AddHeader(string name, string value)
    {
        if (HeaderCount == _headers.Length)
        {
            Grow(ref _headers);
        }

        _headers[HeaderCount++] = new NameValue(name, value);
    }

    /// <summary>Adds a header unless its value is null or empty.</summary>
    public void AddOptionalHeader(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            AddHeader(name, value);
        }
    }

    /// <summary>Adds a query parameter, not yet encoded; those of one request have distinct names.</summary>
    public void AddQuery(string name, string value = "")
    {
        _query ??= ArrayPool<NameValue>.Shared.Rent(UsualQuery);
        if (QueryCount == _query.Length)
        {
            Grow(ref _query);
        }

        _query[QueryCount++] = new NameValue(name, value);
    }

    /// <summary>Sets a body of bytes that the driver made itself.</summary>
    public void SetBody(ReadOnlyMemory<byte> bytes, string contentType)
    {
        Body = new UploadBody(new ReadOnlySequence<byte>(bytes));
        ContentType = contentType;
    }

    /// <summary>Orders headers and query by name, as the signature wants them.</summary>
    public void Sort()
    {
        NameValue.Sort(_headers.AsSpan(0, HeaderCount));
        NameValue.Sort(_query.AsSpan(0, QueryCount));
    }

    /// <summary>Gives the borrowed arrays back once the request is signed.</summary>
    public void Release()
    {
        ArrayPool<NameValue>.Shared.Return(_headers, clearArray: true);
        if (_query is not null)
        {
            ArrayPool<NameValue>.Shared.Return(_query, clearArray: true);
        }

        _headers = [];
        _query = null;
        HeaderCount = QueryCount = 0;
    }

    private static void Grow(ref NameValue[] pairs)
    {
        var larger = ArrayPool<NameValue>.Shared.Rent(pairs.Length * 2);
        pairs.CopyTo(larger, 0);
        ArrayPool<NameValue>.Shared.Return(pairs, clearArray: true);
        pairs = larger;
    }
}
