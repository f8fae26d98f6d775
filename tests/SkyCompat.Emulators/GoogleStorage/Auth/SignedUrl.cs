using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>Requests whose address carries a signature of the scheme V4 (GOOG4-RSA-SHA256).</summary>
internal static partial class SignedUrl
{
    private const string Algorithm = "GOOG4-RSA-SHA256";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const int MaxSeconds = 604_800;
    private static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    public static bool IsSigned(GcsRequest request) => Find(request, "X-Goog-Signature") is not null || Find(request, "X-Goog-Algorithm") is not null;

    /// <summary>The account that signed it.</summary>
    /// <exception cref="GcsError">400: it is malformed or expired; 403: the signature is not of this request.</exception>
    public static string Verify(GcsRequest request, ServiceAccounts accounts, DateTimeOffset now)
    {
        if (Required(request, "X-Goog-Algorithm") != Algorithm)
        {
            throw Invalid($"X-Goog-Algorithm must be {Algorithm}.");
        }

        var date = Required(request, "X-Goog-Date");
        if (!DateTimeOffset.TryParseExact(date, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed))
        {
            throw Invalid("X-Goog-Date must be in the format YYYYMMDD'T'HHMMSS'Z'.");
        }

        var scope = Required(request, "X-Goog-Credential").Split('/', 2);
        if (scope.Length != 2 || !Scope().IsMatch(scope[1]) || !scope[1].StartsWith(date[..8], StringComparison.Ordinal))
        {
            throw Invalid("X-Goog-Credential must be <account>/<date>/<location>/storage/goog4_request.");
        }

        CheckTime(request, signed, now);
        CheckHeaders(request);
        var canonical = CanonicalRequest(request, request.Context.Request.Host.Value!);
        if (!accounts.IsKnown(scope[0]))
        {
            throw new GcsError(403, "forbidden", "The provided security credentials are not valid.", "InvalidSecurity");
        }

        // The service is on the port that no address names; here some clients sign the host alone, some with the port that they send.
        var signature = Signature(request);
        var isGood = Verify(canonical) || Verify(CanonicalRequest(request, request.Context.Request.Host.Host));
        return isGood ? scope[0] : throw new GcsError(403, "forbidden", "Access denied.", "SignatureDoesNotMatch")
        {
            Details = "The request signature we calculated does not match the signature you provided. Check your Google secret key and signing method.",
            Elements = [new("StringToSign", StringToSign(canonical)), new("CanonicalRequest", canonical)],
        };

        bool Verify(string form) => accounts.Verify(scope[0], Encoding.UTF8.GetBytes(StringToSign(form)), signature);

        string StringToSign(string form) => $"{Algorithm}\n{date}\n{scope[1]}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(form)))}";
    }

    private static void CheckTime(GcsRequest request, DateTimeOffset signed, DateTimeOffset now)
    {
        if (!int.TryParse(Required(request, "X-Goog-Expires"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > MaxSeconds)
        {
            throw Invalid($"X-Goog-Expires must be between 1 and {MaxSeconds}.");
        }

        if (signed > now + MaxSkew)
        {
            throw new GcsError(403, "forbidden", "The difference between the request time and the server's time is too large.", "RequestTimeTooSkewed");
        }

        var expires = signed.AddSeconds(seconds);
        if (now >= expires)
        {
            throw new GcsError(400, "invalid", "The provided token has expired.", "ExpiredToken")
            {
                Details = $"Request signature expired at: {expires.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)}",
            };
        }
    }

    /// <summary>The headers that the signature covers must be there, among them Host and every x-goog- header that is.</summary>
    private static void CheckHeaders(GcsRequest request)
    {
        var signed = SignedHeaders(request);
        if (signed.FirstOrDefault(name => request.Header(name) is null) is { } missing)
        {
            throw Malformed(missing, "Header was included in signedheaders, but not in the request.");
        }

        var present = request.Context.Request.Headers.Keys.Select(name => name.ToLowerInvariant()).Where(name => name == "host" || name.StartsWith("x-goog-", StringComparison.Ordinal));
        if (present.FirstOrDefault(name => !signed.Contains(name)) is { } unsigned)
        {
            throw Malformed(unsigned, "Header was included in the request, but not in signedheaders.");
        }
    }

    private static string CanonicalRequest(GcsRequest request, string host)
    {
        var signed = SignedHeaders(request);
        var path = string.Join('/', request.RawPath.Split('/').Select(segment => Uri.EscapeDataString(GcsRequest.Decode(segment))));
        var query = request.RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: Uri.EscapeDataString(GcsRequest.Decode(pair[0])), Value: pair.Length == 2 ? Uri.EscapeDataString(GcsRequest.Decode(pair[1])) : ""))
            .Where(pair => !pair.Name.Equals("X-Goog-Signature", StringComparison.OrdinalIgnoreCase))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}");
        var text = new StringBuilder().Append(request.Method).Append('\n').Append(path).Append('\n').AppendJoin('&', query).Append('\n');
        foreach (var name in signed)
        {
            text.Append(name).Append(':').Append(name == "host" ? host : Blanks().Replace(request.Header(name)!.Trim(), " ")).Append('\n');
        }

        var payload = signed.Contains("x-goog-content-sha256") ? request.Header("x-goog-content-sha256") : "UNSIGNED-PAYLOAD";
        return text.Append('\n').AppendJoin(';', signed).Append('\n').Append(payload).ToString();
    }

    private static string[] SignedHeaders(GcsRequest request) => Required(request, "X-Goog-SignedHeaders").Split(';');

    private static byte[] Signature(GcsRequest request)
    {
        try
        {
            return Convert.FromHexString(Required(request, "X-Goog-Signature"));
        }
        catch (FormatException)
        {
            throw Invalid("X-Goog-Signature must be hexadecimal.");
        }
    }

    private static string? Find(GcsRequest request, string name) => request.Query.FirstOrDefault(pair => pair.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private static string Required(GcsRequest request, string name) => Find(request, name) ?? throw Invalid($"Missing parameter {name}.");

    private static GcsError Invalid(string details) => new(400, "invalid", "Invalid argument.", "InvalidArgument") { Details = details };

    private static GcsError Malformed(string header, string details) => new(400, "invalid", "Your request has a malformed header.", "MalformedSecurityHeader")
    {
        Details = details,
        Elements = [new("ParameterName", header)],
    };

    [GeneratedRegex(@"\A[0-9]{8}/[a-z0-9-]+/storage/goog4_request\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Scope();

    [GeneratedRegex(@"[ \t]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Blanks();
}
