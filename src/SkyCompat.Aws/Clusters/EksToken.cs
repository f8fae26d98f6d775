using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SkyCompat.Clusters;
using SkyCompat.S3;

namespace SkyCompat.Aws;

/// <summary>Makes the tokens of EKS: a signed request to STS, who-am-I, which the cluster sends to learn who its bearer is. Sends no request itself.</summary>
internal sealed class EksToken(string region, string host)
{
    private const string Prefix = "k8s-aws-v1.";
    private const string Algorithm = SigV4Signer.Algorithm;

    /// <summary>How long STS takes the request for, whatever it says itself.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    private readonly SigV4Signer _signer = new("sts");

    /// <summary>Makes a token.</summary>
    /// <param name="cluster">The cluster, for which alone it is good.</param>
    /// <param name="credentials">Who it is of.</param>
    /// <param name="now">The time.</param>
    public ClusterCredential Create(string cluster, S3Credentials credentials, DateTimeOffset now)
    {
        var stamp = _signer.FormatStamp(now);
        var scope = $"{stamp[..8]}/{region}/sts/aws4_request";
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Action"] = "GetCallerIdentity",
            ["Version"] = "2011-06-15",
            ["X-Amz-Algorithm"] = Algorithm,
            ["X-Amz-Credential"] = $"{credentials.AccessKeyId}/{scope}",
            ["X-Amz-Date"] = stamp,
            ["X-Amz-Expires"] = "60",
            ["X-Amz-SignedHeaders"] = "host;x-k8s-aws-id",
        };
        if (credentials.SessionToken is { } session)
        {
            parameters["X-Amz-Security-Token"] = session;
        }

        var query = string.Join('&', parameters.Select(pair => $"{pair.Key}={UriCharacters.Encode(pair.Value, keepSlash: false)}"));
        Span<char> signature = stackalloc char[S3Signer.SignatureLength];
        NameValue[] headers = [new("host", host), new("x-k8s-aws-id", cluster)];
        _signer.Sign(
            credentials,
            new SigningInput { Method = "GET", Path = "/", Query = query, Headers = headers, Payload = SigV4Signer.EmptyPayload, Region = region, Stamp = stamp },
            signature);
        var url = string.Create(CultureInfo.InvariantCulture, $"https://{host}/?{query}&X-Amz-Signature={signature}");
        var ends = now + Lifetime;
        return new ClusterCredential
        {
            BearerToken = Prefix + Base64Url.EncodeToString(Encoding.ASCII.GetBytes(url)),
            ExpiresAt = credentials.ExpiresAt is { } end && end < ends ? end : ends,
        };
    }
}
