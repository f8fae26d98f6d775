using System.Text;
using System.Text.Json;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>What a listing asks for.</summary>
internal sealed record ObjectQuery
{
    private const int MaxPage = 1000;

    public string Prefix { get; init; } = "";

    public string? Delimiter { get; init; }

    /// <summary>The first name that may be listed.</summary>
    public string? StartOffset { get; init; }

    /// <summary>The first name that may not.</summary>
    public string? EndOffset { get; init; }

    public bool IncludeTrailingDelimiter { get; init; }

    public bool Versions { get; init; }

    public Glob? MatchGlob { get; init; }

    public int MaxResults { get; init; } = MaxPage;

    public PageToken? Token { get; init; }

    /// <summary>No name before this one is of interest.</summary>
    public string First => new[] { Prefix, StartOffset ?? "", Token?.Name ?? "" }.Max(KeyOrder.Instance)!;

    public static ObjectQuery From(GcsRequest request)
    {
        if (request.Boolean("softDeleted"))
        {
            throw GcsError.InvalidParameter("softDeleted", "The bucket has no soft delete policy.");
        }

        var maxResults = request.Integer("maxResults") ?? MaxPage;
        if (maxResults < 0)
        {
            throw GcsError.InvalidParameter("maxResults", $"Invalid value '{maxResults}'. Values must be within the range: [0, 2147483647]");
        }

        return new ObjectQuery
        {
            Prefix = request.Parameter("prefix") ?? "",
            Delimiter = request.Parameter("delimiter"),
            StartOffset = request.Parameter("startOffset"),
            EndOffset = request.Parameter("endOffset"),
            IncludeTrailingDelimiter = request.Boolean("includeTrailingDelimiter"),
            Versions = request.Boolean("versions"),
            MatchGlob = request.Parameter("matchGlob") is { } glob ? new Glob(glob) : null,
            MaxResults = maxResults is 0 or > MaxPage ? MaxPage : (int)maxResults,
            Token = request.Parameter("pageToken") is { } token ? PageToken.Parse(token) : null,
        };
    }

    /// <param name="names">In order, from <see cref="First"/> on, each with its generations, oldest first.</param>
    public ObjectPage Run(IEnumerable<(string Name, IEnumerable<GcsObject> Generations)> names)
    {
        var items = new List<GcsObject>();
        var prefixes = new List<string>();
        PageToken? last = null;
        var current = Token is { IsPrefix: true } ? Token.Name : null;
        foreach (var (name, generations) in names)
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || (EndOffset is not null && KeyOrder.Instance.Compare(name, EndOffset) >= 0))
            {
                break;
            }

            if (MatchGlob?.IsMatch(name) == false)
            {
                continue;
            }

            var rolled = RolledUp(name);
            foreach (var item in generations)
            {
                if ((rolled is null || (IncludeTrailingDelimiter && rolled == name)) && IsAfterToken(item))
                {
                    if (IsFull())
                    {
                        return new ObjectPage(items, prefixes, last);
                    }

                    items.Add(item);
                    last = new PageToken(name, item.Generation, IsPrefix: false);
                }

                if (rolled is not null && rolled != current)
                {
                    if (IsFull())
                    {
                        return new ObjectPage(items, prefixes, last);
                    }

                    prefixes.Add(current = rolled);
                    last = new PageToken(rolled, 0, IsPrefix: true);
                }
            }
        }

        return new ObjectPage(items, prefixes, null);

        bool IsFull() => items.Count + prefixes.Count == MaxResults;
    }

    private string? RolledUp(string name)
    {
        var end = Delimiter is null ? -1 : name.IndexOf(Delimiter, Prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : name[..(end + Delimiter!.Length)];
    }

    private bool IsAfterToken(GcsObject item) => Token is null || KeyOrder.Instance.Compare(item.Name, Token.Name) switch
    {
        > 0 => true,
        0 => !Token.IsPrefix && item.Generation > Token.Generation,
        _ => false,
    };
}

/// <summary>One page of a listing, and where the next one begins if there is more.</summary>
internal sealed record ObjectPage(IReadOnlyList<GcsObject> Items, IReadOnlyList<string> Prefixes, PageToken? Next);

/// <summary>The last entry of a page; opaque to clients.</summary>
internal sealed record PageToken(string Name, long Generation, bool IsPrefix)
{
    public static PageToken Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<PageToken>(Convert.FromBase64String(text)) ?? throw new FormatException();
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw GcsError.InvalidParameter("pageToken", "Invalid value for the page token.");
        }
    }

    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this)));
}
