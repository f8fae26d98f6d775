using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>A request as OSS reads it: bucket, key, query and headers, and its reply.</summary>
internal sealed class OssCall
{
    private const int MaxKeyBytes = 1023;

    public OssCall(HttpContext context, OssEmulatorOptions options)
    {
        Http = context;
        Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var question = Target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? Target : Target[..question];
        var host = context.Request.Host.Host;
        if (options.VirtualHosts)
        {
            var dot = host.IndexOf(".oss-", StringComparison.Ordinal);
            Bucket = dot < 0 ? "" : host[..dot];
            RawKey = path[1..];
        }
        else
        {
            var slash = path.IndexOf('/', 1);
            Bucket = slash < 0 ? path[1..] : path[1..slash];
            RawKey = slash < 0 ? "" : path[(slash + 1)..];
        }

        Bucket = OssText.Decode(Bucket);
        Key = OssText.Decode(RawKey);
        foreach (var pair in question < 0 ? [] : Target[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            Query[OssText.Decode((at < 0 ? pair : pair[..at]).Replace('+', ' '))] = at < 0 ? "" : OssText.Decode(pair[(at + 1)..].Replace('+', ' '));
        }
    }

    public HttpContext Http { get; }

    /// <summary>Path and query as sent.</summary>
    public string Target { get; }

    public string Bucket { get; }

    public string Key { get; }

    /// <summary>The key as it stands in the path.</summary>
    public string RawKey { get; }

    public Dictionary<string, string> Query { get; } = new(StringComparer.Ordinal);

    public string Method => Http.Request.Method;

    /// <summary>Who asks; known after the signature was verified.</summary>
    public OssAccount Account { get; set; } = OssAccount.Main;

    public string RequestId { get; } = Convert.ToHexString(Guid.NewGuid().ToByteArray())[..24];

    public DateTimeOffset Now { get; init; }

    public OssFault? Fault { get; set; }

    public HttpResponse Reply => Http.Response;

    public string? VersionId => Query.GetValueOrDefault("versionId");

    public bool ForbidsOverwrite => string.Equals(Header("x-oss-forbid-overwrite"), "true", StringComparison.OrdinalIgnoreCase);

    public string? Header(string name) => Http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null;

    public bool Has(string query) => Query.ContainsKey(query);

    public int Number(string query, int otherwise, int max)
    {
        if (!Query.TryGetValue(query, out var text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
            : throw OssErrorException.InvalidArgument($"Argument {query} must be an integer between 1 and {max}.");
    }

    public void CheckKey()
    {
        var bytes = Encoding.UTF8.GetByteCount(Key);
        if (bytes is < 1 or > MaxKeyBytes || Key[0] is '/' or '\\')
        {
            throw new OssErrorException(400, "InvalidObjectName", "The specified object is not valid.") { Details = [("ObjectName", Key)] };
        }
    }

    /// <summary>Reads the body, checks its MD5 if one was sent.</summary>
    public async Task<OssBody> ReadBodyAsync()
    {
        byte[] bytes;
        if (Http.Request.ContentLength is { } length)
        {
            bytes = GC.AllocateUninitializedArray<byte>((int)length);
            await Http.Request.Body.ReadExactlyAsync(bytes, Http.RequestAborted);
        }
        else
        {
            using var copy = new MemoryStream();
            await Http.Request.Body.CopyToAsync(copy, Http.RequestAborted);
            bytes = copy.ToArray();
        }

        if (Fault?.Kind == OssFaultKind.ChangeRequest && bytes.Length > 0)
        {
            bytes[bytes.Length / 2] ^= 1;
        }

        var body = new OssBody(bytes.Length == 0 ? [] : [bytes]);
        if (Header("Content-MD5") is { Length: > 0 } md5 && md5 != Convert.ToBase64String(body.Md5()))
        {
            throw new OssErrorException(400, "InvalidDigest", "The Content-MD5 you specified was invalid.") { Details = [("Content-MD5", md5)] };
        }

        return body;
    }

    public async Task<XElement> ReadXmlAsync(string root)
    {
        var body = await ReadBodyAsync();
        try
        {
            using var stream = new MemoryStream(body.ToArray());
            var element = XElement.Load(stream);
            return element.Name.LocalName == root ? element : throw OssErrorException.MalformedXml();
        }
        catch (System.Xml.XmlException)
        {
            throw OssErrorException.MalformedXml();
        }
    }

    public async Task ReplyAsync(int status, OssXml xml)
    {
        if (status == 304)
        {
            // Never has a body.
            Reply.StatusCode = status;
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(xml.ToString());
        Reply.StatusCode = status;
        Reply.ContentType = "application/xml";
        Reply.ContentLength = bytes.Length;
        if (Method != "HEAD")
        {
            await Reply.Body.WriteAsync(bytes, Http.RequestAborted);
        }
    }

    public void ReplyEmpty(int status)
    {
        Reply.StatusCode = status;
        if (status != 204)
        {
            Reply.ContentLength = 0;
        }
    }

    public async Task ReplyErrorAsync(OssErrorException error, int? status = null)
    {
        var xml = new OssXml("Error").Add("Code", error.Code).Add("Message", error.Message).Add("RequestId", RequestId).Add("HostId", Http.Request.Host.Value ?? "");
        foreach (var (name, value) in error.Details)
        {
            xml.Add(name, value);
        }

        xml.Add("EC", "0000-00000000");
        foreach (var (name, value) in error.Headers)
        {
            Reply.Headers[name] = value;
        }

        Reply.Headers["x-oss-ec"] = "0000-00000000";
        if (Method == "HEAD")
        {
            Reply.Headers["x-oss-err"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(xml.ToString()));
        }

        await ReplyAsync(status ?? error.Status, xml);
    }
}
