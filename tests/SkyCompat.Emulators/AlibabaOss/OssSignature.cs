using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>Verifies OSS signatures of version 4, in the Authorization header and in the query. Anonymous requests are refused: no bucket here is public.</summary>
internal sealed class OssSignature(string region)
{
    private const string Algorithm = "OSS4-HMAC-SHA256";
    private const string Unsigned = "UNSIGNED-PAYLOAD";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    /// <summary>Who signed a request.</summary>
    /// <exception cref="OssErrorException">Nobody did, or wrongly.</exception>
    public OssAccount Verify(OssCall call)
    {
        if (call.Header("Authorization") is { Length: > 0 } authorization)
        {
            return VerifyHeader(call, authorization);
        }

        return call.Has("x-oss-signature") || call.Has("x-oss-signature-version")
            ? VerifyQuery(call)
            : throw new OssErrorException(403, "AccessDenied", "You have no right to access this object because of bucket acl.");
    }

    private OssAccount VerifyHeader(OssCall call, string authorization)
    {
        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            throw OssErrorException.InvalidArgument("Unsupported authorization type.");
        }

        var fields = authorization[(Algorithm.Length + 1)..].Split(',').Select(field => field.Trim().Split('=', 2)).Where(field => field.Length == 2).ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal);
        if (!fields.TryGetValue("Credential", out var credential) || !fields.TryGetValue("Signature", out var signature))
        {
            throw OssErrorException.InvalidArgument("Invalid Authorization header: Credential and Signature are required.");
        }

        if (call.Header("x-oss-content-sha256") != Unsigned)
        {
            throw OssErrorException.InvalidArgument($"x-oss-content-sha256 must be {Unsigned}.");
        }

        var stamp = call.Header("x-oss-date") ?? throw new OssErrorException(403, "AccessDenied", "OSS authentication requires a valid Date.");
        var signedAt = ParseStamp(stamp);
        if ((call.Now - signedAt).Duration() > Tolerance)
        {
            throw new OssErrorException(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
            {
                Details = [("MaxAllowedSkewMilliseconds", "900000"), ("RequestTime", OssText.XmlDate(signedAt)), ("ServerTime", OssText.XmlDate(call.Now))],
            };
        }

        var account = Find(call, credential, stamp, call.Header("x-oss-security-token"));
        var additional = fields.TryGetValue("AdditionalHeaders", out var names) ? names.Split(';', StringSplitOptions.RemoveEmptyEntries) : [];
        Compare(call, account, stamp, additional, signature);
        return account;
    }

    private OssAccount VerifyQuery(OssCall call)
    {
        string Need(string name) => call.Query.GetValueOrDefault(name) is { Length: > 0 } value ? value : throw OssErrorException.InvalidArgument($"The query parameter {name} is required.");

        if (Need("x-oss-signature-version") != Algorithm)
        {
            throw OssErrorException.InvalidArgument("Unsupported x-oss-signature-version.");
        }

        var stamp = Need("x-oss-date");
        var signedAt = ParseStamp(stamp);
        if (!long.TryParse(Need("x-oss-expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 604_800)
        {
            throw OssErrorException.InvalidArgument("x-oss-expires must be between 1 and 604800 seconds.");
        }

        if (signedAt - call.Now > Tolerance)
        {
            throw new OssErrorException(403, "AccessDenied", "Request is not valid yet.");
        }

        if (signedAt.AddSeconds(seconds) < call.Now)
        {
            throw new OssErrorException(403, "AccessDenied", "Request has expired.") { Details = [("Expires", OssText.XmlDate(signedAt.AddSeconds(seconds))), ("ServerTime", OssText.XmlDate(call.Now))] };
        }

        var account = Find(call, Need("x-oss-credential"), stamp, call.Query.GetValueOrDefault("x-oss-security-token"));
        var additional = call.Query.GetValueOrDefault("x-oss-additional-headers")?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
        Compare(call, account, stamp, additional, Need("x-oss-signature"));
        return account;
    }

    private OssAccount Find(OssCall call, string credential, string stamp, string? token)
    {
        var parts = credential.Split('/');
        if (parts.Length != 5 || parts[3] != "oss" || parts[4] != "aliyun_v4_request" || parts[1] != stamp[..8])
        {
            throw OssErrorException.InvalidArgument("Invalid credential in the signature.");
        }

        if (parts[2] != region)
        {
            throw OssErrorException.InvalidArgument($"Invalid signing region in Authorization header. Expect region is {region}.");
        }

        var account = OssAccount.All.FirstOrDefault(known => known.AccessKeyId == parts[0])
            ?? throw new OssErrorException(403, "InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist in our records.") { Details = [("OSSAccessKeyId", parts[0])] };
        if (account.SecurityToken != (string.IsNullOrEmpty(token) ? null : token))
        {
            throw account.SecurityToken is not null && string.IsNullOrEmpty(token)
                ? new OssErrorException(403, "InvalidAccessKeyId", "The OSS Access Key Id you provided does not exist in our records.") { Details = [("OSSAccessKeyId", parts[0])] }
                : new OssErrorException(403, "InvalidSecurityToken", "The security token you provided is invalid.");
        }

        return account.ExpiresAt < call.Now ? throw new OssErrorException(403, "SecurityTokenExpired", "The security token you provided has expired.") : account;
    }

    private void Compare(OssCall call, OssAccount account, string stamp, string[] additional, string provided)
    {
        var canonical = Canonical(call, additional);
        var toSign = $"{Algorithm}\n{stamp}\n{stamp[..8]}/{region}/oss/aliyun_v4_request\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes("aliyun_v4" + account.AccessKeySecret);
        foreach (var step in (string[])[stamp[..8], region, "oss", "aliyun_v4_request"])
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step));
        }

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(provided)))
        {
            throw new OssErrorException(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.")
            {
                Details =
                [
                    ("OSSAccessKeyId", account.AccessKeyId), ("SignatureProvided", provided), ("StringToSign", toSign), ("CanonicalRequest", canonical),
                    ("StringToSignBytes", string.Join(' ', Encoding.UTF8.GetBytes(toSign).Select(value => value.ToString("X2", CultureInfo.InvariantCulture)))),
                ],
            };
        }
    }

    private static string Canonical(OssCall call, string[] additional)
    {
        var text = new StringBuilder().Append(call.Method).Append('\n');

        // The resource starts with the bucket wherever the request names it; the service itself is a slash.
        text.Append('/');
        if (call.Bucket.Length > 0)
        {
            text.Append(OssText.Encode(call.Bucket)).Append('/').Append(OssText.Encode(OssText.DecodeBytes(call.RawKey), keepSlash: true));
        }

        text.Append('\n');
        var isFirst = true;
        foreach (var (name, value) in call.Query.Where(pair => pair.Key != "x-oss-signature").Select(pair => (Name: OssText.Encode(pair.Key), Value: OssText.Encode(pair.Value))).OrderBy(pair => pair.Name, StringComparer.Ordinal))
        {
            text.Append(isFirst ? "" : "&").Append(name).Append(value.Length == 0 ? "" : "=").Append(value);
            isFirst = false;
        }

        text.Append('\n');
        var listed = additional.Select(name => name.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in call.Http.Request.Headers.Select(header => (Name: header.Key.ToLowerInvariant(), Value: header.Value.ToString())).OrderBy(header => header.Name, StringComparer.Ordinal))
        {
            if (IsAlwaysSigned(name) || listed.Contains(name))
            {
                text.Append(name).Append(':').Append(value.Trim()).Append('\n');
            }
        }

        return text.Append('\n').AppendJoin(';', listed.Where(name => !IsAlwaysSigned(name) && call.Http.Request.Headers.ContainsKey(name)).Order(StringComparer.Ordinal)).Append('\n').Append(Unsigned).ToString();
    }

    private static bool IsAlwaysSigned(string name) => name is "content-type" or "content-md5" || name.StartsWith("x-oss-", StringComparison.Ordinal);

    private static DateTimeOffset ParseStamp(string stamp) =>
        DateTimeOffset.TryParseExact(stamp, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new OssErrorException(403, "AccessDenied", "OSS authentication requires a valid Date.");
}
