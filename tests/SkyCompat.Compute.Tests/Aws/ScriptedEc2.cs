using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Web;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>Answers requests to EC2 from a script: by action, one reply after the other, the last one for good.</summary>
internal sealed class ScriptedEc2 : HttpMessageHandler
{
    private const string Namespace = "http://ec2.amazonaws.com/doc/2016-11-15";

    private readonly ConcurrentDictionary<string, Queue<Func<HttpResponseMessage>>> _replies = new(StringComparer.Ordinal);

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    public IReadOnlyList<ScriptedRequest> Of(string action) => [.. Requests.Where(request => request.Action == action)];

    public ScriptedEc2 On(string action, params string[] replies)
    {
        foreach (var xml in replies)
        {
            Add(action, () => Xml(HttpStatusCode.OK, $"""<{action}Response xmlns="{Namespace}"><requestId>59dbff89-35bd-4eac-99ed-be587EXAMPLE</requestId>{xml}</{action}Response>"""));
        }

        return this;
    }

    public ScriptedEc2 Fail(string action, string code, string message = "What EC2 says.", int status = 400, int? retryAfter = null)
    {
        Add(action, () =>
        {
            var body = $"""<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>{code}</Code><Message>{message}</Message></Error></Errors><RequestID>ea966190-f9aa-478e-9ede-example</RequestID></Response>""";
            var reply = Xml((HttpStatusCode)status, body);
            if (retryAfter is { } seconds)
            {
                reply.Headers.TryAddWithoutValidation("Retry-After", seconds.ToString());
            }

            return reply;
        });
        return this;
    }

    public ScriptedEc2 Answer(string action, Func<HttpResponseMessage> reply)
    {
        Add(action, reply);
        return this;
    }

    public static HttpResponseMessage Html(HttpStatusCode status, string text) => new(status) { Content = new StringContent($"<html><head><title>{text}</title></head><body><h1>{text}</h1></body></html>", Encoding.UTF8, "text/html") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
        var values = form.AllKeys.ToDictionary(key => key!, key => form[key]!, StringComparer.Ordinal);
        var action = values["Action"];
        Requests.Enqueue(new ScriptedRequest(action, request.RequestUri!.Host, values));
        if (!_replies.TryGetValue(action, out var replies))
        {
            throw new InvalidOperationException($"The script has no reply to {action}.");
        }

        Func<HttpResponseMessage> reply;
        lock (replies)
        {
            reply = replies.Count > 1 ? replies.Dequeue() : replies.Peek();
        }

        var response = reply();
        response.RequestMessage = request;
        return response;
    }

    private static HttpResponseMessage Xml(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "text/xml") };

    private void Add(string action, Func<HttpResponseMessage> reply)
    {
        var replies = _replies.GetOrAdd(action, _ => new Queue<Func<HttpResponseMessage>>());
        lock (replies)
        {
            replies.Enqueue(reply);
        }
    }
}

/// <summary>A request as EC2 reads it.</summary>
internal sealed record ScriptedRequest(string Action, string Host, IReadOnlyDictionary<string, string> Form)
{
    public string? this[string name] => Form.GetValueOrDefault(name);
}
