using System.Globalization;
using System.Security.Cryptography;
using SkyCompat.Conformance;
using SkyCompat.Contracts;

namespace SkyCompat.Clusters.Tests.Managed.Aws;

/// <summary>EKS as the server moto has it, over real HTTP.</summary>
public sealed class MotoEksHarness : ClusterHarness
{
    private static readonly Uri Endpoint = new("http://127.0.0.1:5555");
    private readonly string _account = RandomNumberGenerator.GetInt32(100_000_000, int.MaxValue).ToString("D12", CultureInfo.InvariantCulture);
    private readonly ContractLog _contracts = new() { ThrowsAtOnce = Environment.GetEnvironmentVariable("SKYCOMPAT_CONTRACTS") != "collect" };
    private readonly List<ClusterHost> _hosts = [];
    private (string Id, string Secret, string Token) _keys;

    public override string Provider => "Aws";

    public override string InstanceType => "t3.medium";

    public override string OtherInstanceType => "m5.large";

    public override IReadOnlyList<string> SubnetIds { get; } = ["subnet-12345678", "subnet-87654321"];

    public override IReadOnlyDictionary<string, string> Quirks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cluster.versions"] = "moto has no DescribeClusterVersions",
        ["cluster.upgrade"] = "moto has no DescribeClusterVersions",
        ["cluster.missing"] = "moto has no DescribeClusterVersions",
        ["cluster.create.version.refused"] = "moto has no DescribeClusterVersions",
        ["cluster.access"] = "moto's certificate authority is no certificate",
        ["cluster.access.creating"] = "moto's clusters are active at once",
        ["pool.missing"] = "moto fails inside when it lists the groups of a cluster that does not exist",
    };

    public override async ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new HttpClient { BaseAddress = Endpoint, Timeout = TimeSpan.FromSeconds(10) };

            // Credentials of a role are of the account that the role is in: moto's way to have several.
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Action"] = "AssumeRole",
                ["Version"] = "2011-06-15",
                ["RoleArn"] = $"arn:aws:iam::{_account}:role/tests",
                ["RoleSessionName"] = "tests",
            });
            using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = form };
            request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=x/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=x");
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            using var reply = await client.SendAsync(request, cancellationToken);
            var text = await reply.Content.ReadAsStringAsync(cancellationToken);
            _keys = (Part("AccessKeyId"), Part("SecretAccessKey"), Part("SessionToken"));
            return _keys.Id.Length > 0 ? null : "moto gives no credentials.";

            string Part(string name)
            {
                var start = text.IndexOf($"<{name}>", StringComparison.Ordinal);
                var end = text.IndexOf($"</{name}>", StringComparison.Ordinal);
                return start < 0 || end < 0 ? "" : text[(start + name.Length + 2)..end];
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return $"The server moto is not there ({exception.Message}): tests/servers/up.sh moto.";
        }
    }

    protected override IClusterService Open(string owner)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["EksEndpoint"] = Endpoint.GetLeftPart(UriPartial.Authority),
            ["EksClusterRole"] = $"arn:aws:iam::{_account}:role/eks",
            ["EksNodeRole"] = $"arn:aws:iam::{_account}:role/node",
            ["AccessKeyId"] = _keys.Id,
            ["SecretAccessKey"] = _keys.Secret,
            ["SessionToken"] = _keys.Token,
        };
        IReadOnlyList<ContractService> contracts = ContractSpecs.Root is null ? [] : [new() { Description = ContractSpecs.Get(ContractSpecs.Eks), Endpoint = Endpoint, Server = "moto" }];
        var host = ClusterHost.Start("Aws", EksHarness.Region, owner, settings, _contracts, contracts, builder => builder.AddAws());
        lock (_hosts)
        {
            _hosts.Add(host);
        }

        return host.Clusters;
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        await base.DisposeAsyncCore();
        _contracts.AssertClean();
    }
}
