using System.Collections.Concurrent;
using System.Security.Cryptography;
using SkyCompat.Contracts.Checking;
using SkyCompat.Contracts.Http;
using SkyCompat.Contracts.Signatures;

namespace SkyCompat.Contracts;

/// <summary>Checks every request that passes, and its reply, against the provider's description.</summary>
/// <remarks>
/// Changes nothing of what passes. Documents are kept in memory to be checked: those of a request before it is sent, those of a reply
/// while the client reads them. The data of objects is never kept; at most its hash is computed on its way, where the signature names one.
/// </remarks>
/// <param name="log">Collects what is found.</param>
/// <param name="services">The services, the more particular first.</param>
public sealed class ContractHandler(ContractLog log, IReadOnlyList<ContractService> services) : DelegatingHandler
{
    // The description of an object in a multipart upload is far smaller; more is not kept.
    private const int PrefixBytes = 64 * 1024;

    private readonly ConcurrentDictionary<ContractService, ContractChecker> _checkers = new();

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        var service = FindService(uri);
        if (service is null)
        {
            log.Add([new Violation("none", request.Method.Method, ContractDirection.Request, ViolationKind.NoOperation, "host", "one of the services of the test", uri.Authority)]);
            return await base.SendAsync(request, cancellationToken);
        }

        if (service.Description is not { } description)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var checker = _checkers.GetOrAdd(service, key => new ContractChecker(description, key.Server) { AllowsNewerVersions = key.AllowsNewerVersions, ExemptionUsed = log.CountExemption });
        var body = await ReadDocumentAsync(request, checker, service, cancellationToken);
        var seen = Describe(request, service, body);
        var (operation, violations) = checker.CheckRequest(seen);
        log.CountRequest(description.Name, operation?.Name ?? "?");
        var batch = BatchCheck.Of(checker, service, log, seen);
        List<Violation> all = [.. violations, .. batch?.Violations ?? []];
        var payloadHash = CheckSignature(request, service, operation, seen, all);
        log.Add(all);

        var content = request.Content;
        var observer = Observe(request, operation, seen, payloadHash);
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            request.Content = content;
        }

        try
        {
            CheckObserved(checker, seen, operation, observer, payloadHash);
            if (operation is not null)
            {
                CheckReply(checker, operation, seen, batch, response);
            }
        }
        catch (ContractViolationException)
        {
            response.Dispose();
            throw;
        }

        return response;
    }

    private ContractService? FindService(Uri uri)
    {
        foreach (var service in services)
        {
            if (service.Takes(uri, service.Strip(uri.PathAndQuery)))
            {
                return service;
            }
        }

        return null;
    }

    /// <summary>The request as the checks see it, its bucket in the path wherever it was.</summary>
    private static ContractRequest Describe(HttpRequestMessage request, ContractService service, ReadOnlyMemory<byte>? body)
    {
        var uri = request.RequestUri!;
        var whole = service.Strip(uri.PathAndQuery);
        var question = whole.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? whole : whole[..question];
        var host = request.Headers.Host ?? uri.Host;
        if (service.Description!.NamesBucketByHost && uri.Host.Length > service.Endpoint.Host.Length && uri.Host.EndsWith("." + service.Endpoint.Host, StringComparison.OrdinalIgnoreCase))
        {
            path = "/" + host[..(uri.Host.Length - service.Endpoint.Host.Length - 1)] + path;
        }

        return new ContractRequest
        {
            Method = request.Method.Method,
            Path = path,
            Query = question < 0 ? [] : ContractRequest.ParsePairs(whole[question..]),
            Headers = HeadersOf(request),
            Body = body,
            HasBody = request.Content is not null && request.Content.Headers.ContentLength != 0,
        };
    }

    private static List<KeyValuePair<string, string>> HeadersOf(HttpRequestMessage request)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in request.Headers.NonValidated)
        {
            headers.Add(new(name, value.ToString()));
        }

        var hasLength = false;
        if (request.Content is { } content)
        {
            // Asking for the length computes it, which is what sending does next.
            var length = content.Headers.ContentLength;
            foreach (var (name, value) in content.Headers.NonValidated)
            {
                hasLength |= name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase);
                headers.Add(new(name, value.ToString()));
            }

            if (!hasLength && length is { } known)
            {
                hasLength = true;
                headers.Add(new("Content-Length", known.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
        }

        if (!hasLength && request.Content is null && (request.Method == HttpMethod.Put || request.Method == HttpMethod.Post || request.Method == HttpMethod.Patch))
        {
            // The HTTP stack says so itself where a body is usual and there is none.
            headers.Add(new("Content-Length", "0"));
        }

        return headers;
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadDocumentAsync(HttpRequestMessage request, ContractChecker checker, ContractService service, CancellationToken cancellationToken)
    {
        if (request.Content is not { } content)
        {
            return null;
        }

        var type = content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : "";
        var isForm = type.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) && checker.Description.HasActions;
        var isBatch = type.StartsWith("multipart/mixed", StringComparison.OrdinalIgnoreCase);
        if (!isForm && !isBatch)
        {
            var seen = Describe(request, service, body: null);
            var operation = checker.Match(seen);
            if (operation is null || type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) || ContractChecker.FormatOf(operation, seen) is BodyFormat.Opaque or BodyFormat.Batch)
            {
                return null;
            }
        }

        await content.LoadIntoBufferAsync(cancellationToken);
        return await content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Recomputes the signature. Gives the hash that it claims for a body that is still to be sent.</summary>
    private string? CheckSignature(HttpRequestMessage request, ContractService service, ApiOperation? operation, ContractRequest seen, List<Violation> violations)
    {
        if (service.Signatures is not { } verifier)
        {
            return null;
        }

        var verdict = verifier.Verify(SignedMessage.From(request, seen));
        void Fail(string place, string expected, string found = "") =>
            violations.Add(new Violation(service.Description!.Name, operation?.Name ?? seen.Method, ContractDirection.Request, ViolationKind.Signature, place, expected, found));
        switch (verdict.Outcome)
        {
            case SignatureOutcome.Valid:
                log.CountSignature();
                break;
            case SignatureOutcome.Invalid:
                Fail("signature", $"the signature of {verdict.Explanation}");
                break;
            case SignatureOutcome.NotSigned when service.RequiresSignature:
                Fail("signature", "a signed request", "none");
                break;
        }

        if (verdict.PayloadHash is not { } claimed)
        {
            return null;
        }

        if (request.Content is null || seen.Body is not null)
        {
            var actual = Convert.ToHexStringLower(SHA256.HashData((seen.Body ?? default).Span));
            if (actual != claimed)
            {
                Fail("signature", "the hash of the body that is sent");
            }

            return null;
        }

        return claimed;
    }

    private static UploadObserver? Observe(HttpRequestMessage request, ApiOperation? operation, ContractRequest seen, string? payloadHash)
    {
        var wantsPrefix = seen.Body is null && seen.MediaType == "multipart/related" && operation?.Body is not null;
        if (request.Content is not { } content || (payloadHash is null && !wantsPrefix))
        {
            return null;
        }

        var observer = new UploadObserver(content, payloadHash is not null, wantsPrefix ? PrefixBytes : 0);
        request.Content = observer;
        return observer;
    }

    private void CheckObserved(ContractChecker checker, ContractRequest seen, ApiOperation? operation, UploadObserver? observer, string? payloadHash)
    {
        if (observer is null || operation is null || !observer.IsComplete)
        {
            return;
        }

        if (payloadHash is not null && observer.Hash != payloadHash)
        {
            log.Add([new Violation(checker.Description.Name, operation.Name, ContractDirection.Request, ViolationKind.Signature, "signature", "the hash of the body that is sent", "")]);
        }

        if (observer.Prefix.Length > 0)
        {
            var (_, violations) = checker.CheckRequest(new ContractRequest { Method = seen.Method, Path = seen.Path, Query = seen.Query, Headers = seen.Headers, HasBody = true, Body = observer.Prefix });
            log.Add(violations);
        }
    }

    private void CheckReply(ContractChecker checker, ApiOperation operation, ContractRequest request, BatchCheck? batch, HttpResponseMessage response)
    {
        log.CountReply();
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in response.Headers.NonValidated)
        {
            headers.Add(new(name, value.ToString()));
        }

        foreach (var (name, value) in response.Content.Headers.NonValidated)
        {
            headers.Add(new(name, value.ToString()));
        }

        var reply = new ContractReply { Status = (int)response.StatusCode, Headers = headers };
        log.Add(checker.CheckReply(operation, request, reply));
        if (batch is not null && response.IsSuccessStatusCode)
        {
            response.Content = new ReplyObserver(response.Content, (bytes, mayThrow) => log.Add(batch.CheckReplies(reply, bytes), mayThrow));
        }
        else if (request.Method != "HEAD" && ContractChecker.FormatOf(operation, request, reply.Status) is BodyFormat.Json or BodyFormat.Xml && response.StatusCode != System.Net.HttpStatusCode.NoContent)
        {
            response.Content = new ReplyObserver(response.Content, (bytes, mayThrow) => log.Add(checker.CheckReplyBody(operation, request, reply, bytes), mayThrow));
        }
    }
}
