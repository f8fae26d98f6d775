using SkyCompat.Contracts;
using SkyCompat.Contracts.Signatures;

namespace SkyCompat.Providers.Tests;

/// <summary>A harness over one of the servers of tests/servers.</summary>
public abstract class S3ServerHarness : ProviderHarness
{
    // Ceph's published test user; moto takes any.
    private const string AccessKeyId = "0555b35654ad1656d804";
    private const string SecretAccessKey = "h7GhxuBLTrlhVUyxSPUKUV8r/2EI4ngqJxD7iBdBYLhwluN30JaT3Q==";

    public override IReadOnlyCollection<string> Secrets => [SecretAccessKey];

    protected override string ProviderName => "S3";

    /// <summary>The server's name in tests/servers.</summary>
    protected abstract string ServerName { get; }

    protected abstract Uri Endpoint { get; }

    protected abstract string Profile { get; }

    /// <summary>What differs from the profile: keys of the section <c>Overrides</c>.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Overrides { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(Overrides.Select(pair => KeyValuePair.Create($"Overrides:{pair.Key}", pair.Value)), StringComparer.Ordinal)
    {
        ["Profile"] = Profile,
        ["Endpoint"] = Endpoint.GetLeftPart(UriPartial.Authority),
        ["Region"] = "us-east-1",
        ["AddressingStyle"] = "Path",
        ["AccessKeyId"] = AccessKeyId,
        ["SecretAccessKey"] = SecretAccessKey,
    };

    protected override IReadOnlyList<ContractService> ContractServices =>
    [
        new()
        {
            Description = ContractSpecs.Get(ContractSpecs.S3),
            Endpoint = Endpoint,
            Server = ServerName,
            Signatures = new SigV4Verifier(key => key == AccessKeyId ? SecretAccessKey : null),
            RequiresSignature = true,
        },
    ];

    public override async ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new HttpClient();
            using var reply = await client.GetAsync(Endpoint, cancellationToken);
            return null;
        }
        catch (HttpRequestException exception)
        {
            return $"{Provider} is not there ({exception.Message}); start it with tests/servers/up.sh {ServerName}.";
        }
    }

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        await base.InitializeAsync(cancellationToken);
        OpenLate(Settings);
    }
}
