using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>Verifies ACS3-HMAC-SHA256. Written from the documentation of the signature and shares nothing with the adapter.</summary>
internal static class EcsSignature
{
    private const string Algorithm = "ACS3-HMAC-SHA256";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(15);

    /// <summary>Who signed a call.</summary>
    /// <exception cref="EcsErrorException">Nobody did, or wrongly.</exception>
    public static EcsAccount Verify(HttpRequest request, IEnumerable<KeyValuePair<string, string>> query, byte[] body, DateTimeOffset now)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            throw new EcsErrorException(400, "MissingParameter", "AccessKeyId is mandatory for this action.");
        }

        var fields = authorization[(Algorithm.Length + 1)..].Split(',').Select(field => field.Split('=', 2)).Where(field => field.Length == 2).ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal);
        if (!fields.TryGetValue("Credential", out var id) || !fields.TryGetValue("SignedHeaders", out var listed) || !fields.TryGetValue("Signature", out var signature))
        {
            throw Incomplete("Authorization");
        }

        var account = EcsAccount.All.FirstOrDefault(account => account.AccessKeyId == id) ?? throw new EcsErrorException(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        CheckDate(request, now);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        if (request.Headers["x-acs-content-sha256"] != hash)
        {
            throw Incomplete("x-acs-content-sha256");
        }

        var names = listed.Split(';');
        if (request.Headers.Keys.Select(name => name.ToLowerInvariant()).Where(MustBeSigned).Except(names, StringComparer.Ordinal).FirstOrDefault() is { } unsigned)
        {
            throw Incomplete(unsigned);
        }

        var expected = Sign(account, request, query, names, hash);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(signature)))
        {
            throw new EcsErrorException(400, "SignatureDoesNotMatch", "Specified signature does not match our calculation.");
        }

        var token = request.Headers["x-acs-security-token"].ToString();
        return (account.SecurityToken ?? "") == token ? account : throw new EcsErrorException(400, "InvalidSecurityToken.MismatchWithAccessKey", "Specified SecurityToken mismatch with the AccessKey.");
    }

    private static void CheckDate(HttpRequest request, DateTimeOffset now)
    {
        var text = request.Headers["x-acs-date"].ToString();
        if (!DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            throw new EcsErrorException(400, "InvalidTimeStamp.Format", "Specified time stamp or date value is not well formatted.");
        }

        if ((date - now).Duration() > Tolerance)
        {
            throw new EcsErrorException(400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired.");
        }
    }

    private static string Sign(EcsAccount account, HttpRequest request, IEnumerable<KeyValuePair<string, string>> query, string[] names, string hash)
    {
        var pairs = query.Select(pair => (Name: Uri.EscapeDataString(pair.Key), Value: Uri.EscapeDataString(pair.Value))).OrderBy(pair => pair.Name, StringComparer.Ordinal).Select(pair => $"{pair.Name}={pair.Value}");
        var text = new StringBuilder()
            .Append(request.Method).Append('\n')
            .Append(request.Path.Value).Append('\n')
            .AppendJoin('&', pairs).Append('\n');
        foreach (var name in names)
        {
            text.Append(name).Append(':').Append(request.Headers[name].ToString().Trim()).Append('\n');
        }

        text.Append('\n').AppendJoin(';', names).Append('\n').Append(hash);
        var toSign = Algorithm + "\n" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(account.AccessKeySecret), Encoding.UTF8.GetBytes(toSign)));
    }

    private static bool MustBeSigned(string name) => name is "host" or "content-type" || name.StartsWith("x-acs-", StringComparison.Ordinal);

    private static EcsErrorException Incomplete(string what) => new(400, "IncompleteSignature", $"The request signature does not conform to Aliyun standards: {what}.");
}
