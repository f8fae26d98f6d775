using System.Globalization;
using SkyCompat.Drivers;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>OSS Signature Version 4, in the header and in the query. All headers but the host's are signed; a body never is.</summary>
/// <remarks>The path in the signature starts with the bucket wherever the request names it. Headers of OSS, the type and the MD5 are always signed; the rest is listed. Checked against the
/// vectors of the official SDK and the official JavaScript client.</remarks>
internal sealed class OssV4Signer() : S3Signer(Algorithm, "aliyun_v4", "oss", "aliyun_v4_request")
{
    public const string Algorithm = "OSS4-HMAC-SHA256";

    public override string SignatureParameter => "x-oss-signature";

    public override string PayloadOf(UploadBody? body, bool signsPayload) => UnsignedPayload;

    public override void AddHeaders(S3Request request, S3Address address, S3Credentials credentials, string payload, string stamp)
    {
        request.AddHeader("x-oss-content-sha256", payload);
        request.AddHeader("x-oss-date", stamp);
        request.AddOptionalHeader("x-oss-security-token", credentials.SessionToken);
    }

    public override void AddQuery(S3Request request, S3Credentials credentials, string region, string stamp, long seconds)
    {
        var text = new TextBuilder(stackalloc char[128]);
        text.Append(credentials.AccessKeyId);
        text.Append('/');
        AppendScope(ref text, region, stamp);
        request.AddQuery("x-oss-signature-version", Algorithm);
        request.AddQuery("x-oss-credential", text.ToString());
        request.AddQuery("x-oss-date", stamp);
        request.AddQuery("x-oss-expires", seconds.ToString(CultureInfo.InvariantCulture));
        text.Dispose();
        if (credentials.SessionToken is { } token)
        {
            request.AddQuery("x-oss-security-token", token);
        }
    }

    public override string Authorize(S3Credentials credentials, in SigningInput input)
    {
        const string Additional = ",AdditionalHeaders=";
        Span<char> signature = stackalloc char[SignatureLength];
        Sign(credentials, input, signature);
        var text = new TextBuilder(stackalloc char[512]);
        try
        {
            text.Append(Algorithm + " Credential=");
            text.Append(credentials.AccessKeyId);
            text.Append('/');
            AppendScope(ref text, input.Region, input.Stamp);
            if (HasListed(input.Headers))
            {
                text.Append(Additional);
                AppendNames(ref text, input.Headers);
            }

            text.Append(",Signature=");
            text.Append(signature);
            return text.ToString();
        }
        finally
        {
            text.Dispose();
        }
    }

    protected override HeaderRole RoleOf(string name) => name switch
    {
        // Proxies rewrite it, and the bucket is in the path that is signed.
        "host" => HeaderRole.Ignored,
        "content-type" or "content-md5" => HeaderRole.Implied,
        _ => name.StartsWith("x-oss-", StringComparison.Ordinal) ? HeaderRole.Implied : HeaderRole.Listed,
    };

    protected override void AppendValue(byte[] buffer, ref int length, ReadOnlySpan<char> value) => Append(buffer, ref length, value.Trim(' '));

    private bool HasListed(ReadOnlySpan<NameValue> headers)
    {
        foreach (var header in headers)
        {
            if (RoleOf(header.Name) == HeaderRole.Listed)
            {
                return true;
            }
        }

        return false;
    }
}
