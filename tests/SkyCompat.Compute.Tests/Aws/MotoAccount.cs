using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using SkyCompat.Aws;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>An account of one's own on the server moto, so that tests do not see each other.</summary>
public sealed class MotoAccount : IAsyncLifetime
{
    public static Uri Endpoint { get; } = new("http://127.0.0.1:5555");

    /// <summary>An image that the server ships: Ubuntu 16.04, the newest of Canonical's there.</summary>
    public const string Image = "ami-785db401";

    public string AccessKeyId { get; private set; } = "";

    public string SecretAccessKey { get; private set; } = "";

    public string SessionToken { get; private set; } = "";

    /// <summary>Why there is none; null if there is.</summary>
    public string? UnavailableReason { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var number = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString("D12", CultureInfo.InvariantCulture);
        try
        {
            using var client = new HttpClient { BaseAddress = Endpoint };

            // Credentials of a role are of the account that the role is in: moto's way to have several.
            using var request = new HttpRequestMessage(HttpMethod.Post, "/")
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Action"] = "AssumeRole",
                    ["Version"] = "2011-06-15",
                    ["RoleArn"] = $"arn:aws:iam::{number}:role/tests",
                    ["RoleSessionName"] = "tests",
                }),
            };
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=tests/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=none");
            using var reply = await client.SendAsync(request);
            reply.EnsureSuccessStatusCode();
            var keys = XDocument.Parse(await reply.Content.ReadAsStringAsync()).Descendants().Single(element => element.Name.LocalName == "Credentials");
            string Value(string name) => keys.Elements().Single(element => element.Name.LocalName == name).Value;
            (AccessKeyId, SecretAccessKey, SessionToken) = (Value("AccessKeyId"), Value("SecretAccessKey"), Value("SessionToken"));
        }
        catch (HttpRequestException exception)
        {
            UnavailableReason = $"The server moto is not there ({exception.Message}); start it with tests/servers/up.sh moto.";
        }
    }

    /// <summary>Skips the test loudly where there is no server; in CI that is a failure.</summary>
    public void Require()
    {
        if (UnavailableReason is { } reason)
        {
            (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(reason);
            Assert.Skip(reason);
        }
    }

    public AwsOptions Options() => new()
    {
        AccessKeyId = AccessKeyId,
        SecretAccessKey = SecretAccessKey,
        SessionToken = SessionToken,
        Endpoint = Endpoint.GetLeftPart(UriPartial.Authority),
        S3Endpoint = Endpoint.GetLeftPart(UriPartial.Authority),
        AddressingStyle = SkyCompat.S3.S3AddressingStyle.Path,
    };

    internal AwsTestCloud Open()
    {
        Require();
        return AwsTestCloud.Create(Options(), "moto", []);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
