using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Web;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>Stands before moto: keeps client tokens as EC2 does and moto does not, and breaks what a test wants broken.</summary>
internal sealed class MotoFaults : DelegatingHandler
{
    private readonly ConcurrentDictionary<string, (string Form, string Reply)> _tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Queue<Fault>> _faults = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Actions { get; } = new();

    /// <summary>Answers the next request for an action with an error; EC2 does nothing.</summary>
    public MotoFaults Refuse(string action, string code, int status = 400) => Add(action, new Fault(code, status));

    /// <summary>Loses the reply to the next request for an action, which EC2 carries out.</summary>
    public MotoFaults LoseReply(string action) => Add(action, new Fault(null, 0));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var text = await request.Content!.ReadAsStringAsync(cancellationToken);
        var form = HttpUtility.ParseQueryString(text);
        var action = form["Action"]!;
        Actions.Enqueue(action);

        // Only a look at one id can find nothing; a filter finds an empty list.
        var fault = action == "DescribeInstances" && form["InstanceId.1"] is null ? null : Next(action);
        if (fault is { Code: { } code })
        {
            return Error(request, code, fault.Status);
        }

        var reply = form["ClientToken"] is { } token ? await SendOnceAsync(request, token, text, cancellationToken) : await base.SendAsync(request, cancellationToken);
        if (fault is null)
        {
            return reply;
        }

        reply.Dispose();
        throw new HttpRequestException("The connection was reset.", new IOException("reset"));
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, string token, string form, CancellationToken cancellationToken)
    {
        if (_tokens.TryGetValue(token, out var known))
        {
            return known.Form != form ? Error(request, "IdempotentParameterMismatch", 400) : Xml(request, HttpStatusCode.OK, known.Reply);
        }

        var reply = await base.SendAsync(request, cancellationToken);
        if (reply.IsSuccessStatusCode)
        {
            await reply.Content.LoadIntoBufferAsync(cancellationToken);
            _tokens[token] = (form, await reply.Content.ReadAsStringAsync(cancellationToken));
        }

        return reply;
    }

    private static HttpResponseMessage Error(HttpRequestMessage request, string code, int status) =>
        Xml(request, (HttpStatusCode)status, $"<Response><Errors><Error><Code>{code}</Code><Message>As EC2 says it.</Message></Error></Errors><RequestID>r-1</RequestID></Response>");

    private static HttpResponseMessage Xml(HttpRequestMessage request, HttpStatusCode status, string body) =>
        new(status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, "text/xml") };

    private MotoFaults Add(string action, Fault fault)
    {
        var faults = _faults.GetOrAdd(action, _ => new Queue<Fault>());
        lock (faults)
        {
            faults.Enqueue(fault);
        }

        return this;
    }

    private Fault? Next(string action)
    {
        if (!_faults.TryGetValue(action, out var faults))
        {
            return null;
        }

        lock (faults)
        {
            return faults.TryDequeue(out var fault) ? fault : null;
        }
    }

    private sealed record Fault(string? Code, int Status);
}
