using System.Globalization;
using System.Text;
using SkyCompat.Contracts.Checking;
using SkyCompat.Contracts.Signatures;

namespace SkyCompat.Contracts.Http;

/// <summary>A batch (<c>multipart/mixed</c>) taken apart: each request inside it is checked like a plain one, its signature included, and so is each reply in the document that comes back.</summary>
internal sealed class BatchCheck
{
    private const string ReplyId = "response-";

    private readonly ContractChecker _checker;
    private readonly ContractService _service;
    private readonly ContractLog _log;
    private readonly List<Inner> _requests = [];

    private BatchCheck(ContractChecker checker, ContractService service, ContractLog log)
    {
        _checker = checker;
        _service = service;
        _log = log;
    }

    /// <summary>What is wrong with the requests.</summary>
    public List<Violation> Violations { get; } = [];

    /// <summary>Takes a batch apart; null if the request is none.</summary>
    /// <param name="checker">Checks the parts.</param>
    /// <param name="service">Where it is sent.</param>
    /// <param name="log">Counts the parts.</param>
    /// <param name="request">The whole, with its body.</param>
    public static BatchCheck? Of(ContractChecker checker, ContractService service, ContractLog log, ContractRequest request)
    {
        if (request.MediaType != "multipart/mixed" || request.Body is not { } body)
        {
            return null;
        }

        var batch = new BatchCheck(checker, service, log);
        foreach (var (headers, part) in MultipartText.Parts(request.Header("Content-Type")!, body))
        {
            batch.AddRequest(IdOf(headers), part);
        }

        return batch;
    }

    /// <summary>Checks the replies.</summary>
    /// <param name="reply">The reply to the whole.</param>
    /// <param name="bytes">Its body.</param>
    /// <returns>What is wrong.</returns>
    public List<Violation> CheckReplies(ContractReply reply, ReadOnlyMemory<byte> bytes)
    {
        var found = new List<Violation>();
        if (reply.Header("Content-Type") is not { } type || !type.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase))
        {
            found.Add(Violation(ContractDirection.Reply, ViolationKind.Format, "header content-type", "multipart/mixed", reply.Header("Content-Type") ?? ""));
            return found;
        }

        var answered = new HashSet<int>();
        var position = 0;
        foreach (var (headers, part) in MultipartText.Parts(type, bytes))
        {
            var id = IdOf(headers);
            if (id is null && position == 0 && StatusOf(part) >= 400)
            {
                // A batch that is refused as a whole is answered by one part, which names no request.
                return found;
            }

            var index = id is null ? position : _requests.FindIndex(inner => inner.Id == id);
            if (index < 0 || index >= _requests.Count || !answered.Add(index))
            {
                found.Add(Violation(ContractDirection.Reply, ViolationKind.Format, $"batch[{position}] header content-id", "the id of one of the requests, each once", id ?? ""));
            }
            else
            {
                CheckReply(_requests[index], index, part, found);
            }

            position++;
        }

        for (var i = 0; i < _requests.Count; i++)
        {
            if (!answered.Contains(i))
            {
                found.Add(Violation(ContractDirection.Reply, ViolationKind.Missing, $"batch[{i}]", "a reply", ""));
            }
        }

        return found;
    }

    private static string Place(int index) => string.Create(CultureInfo.InvariantCulture, $"batch[{index}] ");

    /// <summary>The id that ties a reply to its request: Azure repeats it, Google puts a word before it.</summary>
    private static string? IdOf(List<KeyValuePair<string, string>> headers)
    {
        var id = headers.Find(header => header.Key.Equals("Content-ID", StringComparison.OrdinalIgnoreCase)).Value?.Trim('<', '>');
        return id is not null && id.StartsWith(ReplyId, StringComparison.OrdinalIgnoreCase) ? id[ReplyId.Length..] : id;
    }

    private static (string[] Line, ReadOnlyMemory<byte> Remainder) SplitLine(ReadOnlyMemory<byte> part)
    {
        var end = part.Span.IndexOf("\r\n"u8);
        return (Encoding.UTF8.GetString(part.Span[..(end < 0 ? part.Length : end)]).Split(' '), end < 0 ? default : part[(end + 2)..]);
    }

    private static int StatusOf(ReadOnlyMemory<byte> part) =>
        SplitLine(part).Line is [var version, var status, ..] && version.StartsWith("HTTP/", StringComparison.Ordinal) && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private void AddRequest(string? id, ReadOnlyMemory<byte> part)
    {
        var index = _requests.Count;
        var (line, rest) = SplitLine(part);
        if (line.Length < 2)
        {
            _requests.Add(new Inner(id, null, null));
            Violations.Add(Violation(ContractDirection.Request, ViolationKind.Format, Place(index).TrimEnd(), "a request line and headers", ""));
            return;
        }

        var (headers, content) = MultipartText.SplitHead(rest);
        var sent = Uri.TryCreate(line[1], UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal) ? absolute.PathAndQuery : line[1];
        var (path, query) = SplitQuery(_service.Strip(sent));
        var request = new ContractRequest
        {
            Method = line[0],
            Path = path,
            Query = ContractRequest.ParsePairs(query),
            Headers = headers,
            Body = content.IsEmpty ? null : content,
            HasBody = !content.IsEmpty,
        };
        var (operation, found) = _checker.CheckRequest(request, Place(index));
        _requests.Add(new Inner(id, request, operation));
        _log.CountRequest(_checker.Description.Name, operation?.Name ?? "?");
        Violations.AddRange(found);
        CheckSignature(index, request, sent, content);
    }

    private static (string Path, string Query) SplitQuery(string target) =>
        target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var question ? (target[..question], target[(question + 1)..]) : (target, "");

    private void CheckSignature(int index, ContractRequest request, string sent, ReadOnlyMemory<byte> content)
    {
        if (_service.Signatures is not { } verifier)
        {
            return;
        }

        var (path, query) = SplitQuery(sent);
        var verdict = verifier.Verify(new SignedMessage { Method = request.Method, Path = path, Query = request.Query, QueryText = query, Headers = request.Headers, Body = content });
        switch (verdict.Outcome)
        {
            case SignatureOutcome.Valid:
                _log.CountSignature();
                break;
            case SignatureOutcome.Invalid:
                Violations.Add(Violation(ContractDirection.Request, ViolationKind.Signature, Place(index) + "signature", $"the signature of {verdict.Explanation}", ""));
                break;
            case SignatureOutcome.NotSigned when _service.RequiresSignature:
                Violations.Add(Violation(ContractDirection.Request, ViolationKind.Signature, Place(index) + "signature", "a signed request", "none"));
                break;
        }
    }

    private void CheckReply(Inner inner, int index, ReadOnlyMemory<byte> part, List<Violation> found)
    {
        if (inner is not { Request: { } request, Operation: { } operation })
        {
            // What is wrong with the request was told.
            return;
        }

        if (StatusOf(part) is not (> 0 and var status))
        {
            found.Add(Violation(ContractDirection.Reply, ViolationKind.Format, Place(index).TrimEnd(), "a status line, headers and a body", ""));
            return;
        }

        _log.CountReply();
        var (headers, content) = MultipartText.SplitHead(SplitLine(part).Remainder);
        var body = status == 204 ? null : content is var text && text.Span.Trim("\r\n"u8).IsEmpty ? ReadOnlyMemory<byte>.Empty : (ReadOnlyMemory<byte>?)text;
        found.AddRange(_checker.CheckReply(operation, request, new ContractReply { Status = status, Headers = headers, Body = body }, Place(index)));
    }

    private Violation Violation(ContractDirection direction, ViolationKind kind, string place, string expected, string value) =>
        new(_checker.Description.Name, "batch", direction, kind, place, expected, value);

    private sealed record Inner(string? Id, ContractRequest? Request, ApiOperation? Operation);
}
