using System.Globalization;
using SkyCompat.Drivers;

namespace SkyCompat.S3;

/// <summary>AWS Signature Version 4 for a service whose paths are encoded once and never normalised, as S3's are.</summary>
/// <remarks>Checked against Amazon's published vectors and, on random keys, against the AWS SDK.</remarks>
internal sealed class SigV4Signer(string service = "s3") : S3Signer(Algorithm, "AWS4", service, "aws4_request")
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    public const string EmptyPayload = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public override string SignatureParameter => "X-Amz-Signature";

    public override string PayloadOf(UploadBody? body, bool signsPayload) =>
        body is null ? EmptyPayload : signsPayload ? PayloadHash.Of(body.Bytes) : UnsignedPayload;

    public override void AddHeaders(S3Request request, S3Address address, S3Credentials credentials, string payload, string stamp)
    {
        request.AddHeader("host", address.Host);
        request.AddHeader("x-amz-content-sha256", payload);
        request.AddHeader("x-amz-date", stamp);
        request.AddOptionalHeader("x-amz-security-token", credentials.SessionToken);
    }

    public override void AddQuery(S3Request request, S3Credentials credentials, string region, string stamp, long seconds)
    {
        var text = new TextBuilder(stackalloc char[128]);
        text.Append(credentials.AccessKeyId);
        text.Append('/');
        AppendScope(ref text, region, stamp);
        request.AddQuery("X-Amz-Algorithm", Algorithm);
        request.AddQuery("X-Amz-Credential", text.ToString());
        request.AddQuery("X-Amz-Date", stamp);
        request.AddQuery("X-Amz-Expires", seconds.ToString(CultureInfo.InvariantCulture));
        request.AddQuery("X-Amz-SignedHeaders", request.Headers.Length == 1 ? "host" : "content-type;host");
        text.Dispose();
        if (credentials.SessionToken is { } token)
        {
            request.AddQuery("X-Amz-Security-Token", token);
        }
    }

    public override string Authorize(S3Credentials credentials, in SigningInput input)
    {
        Span<char> signature = stackalloc char[SignatureLength];
        Sign(credentials, input, signature);
        var text = new TextBuilder(stackalloc char[512]);
        try
        {
            text.Append(Algorithm + " Credential=");
            text.Append(credentials.AccessKeyId);
            text.Append('/');
            AppendScope(ref text, input.Region, input.Stamp);
            text.Append(",SignedHeaders=");
            AppendNames(ref text, input.Headers);
            text.Append(",Signature=");
            text.Append(signature);
            return text.ToString();
        }
        finally
        {
            text.Dispose();
        }
    }

    protected override HeaderRole RoleOf(string name) => HeaderRole.Listed;

    /// <summary>A header value trimmed, with each run of spaces as one space, as the algorithm defines.</summary>
    protected override void AppendValue(byte[] buffer, ref int length, ReadOnlySpan<char> value)
    {
        value = value.Trim(' ');
        while (value.IndexOf("  ") is var run and >= 0)
        {
            Append(buffer, ref length, value[..(run + 1)]);
            value = value[run..].TrimStart(' ');
        }

        Append(buffer, ref length, value);
    }
}
