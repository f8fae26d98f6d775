using SkyCompat.Contracts;
using SkyCompat.Emulators.GoogleStorage;

namespace SkyCompat.Providers.Tests.Google;

/// <summary>Cloud Storage as the server of this repository has it, in this process, with a service account that must be good.</summary>
public sealed class GoogleHarness : ProviderHarness
{
    // Two tokens that the server is told of, for clouds that have no key of their own.
    private const string LateToken = "ya29.late-clock";
    private const string CarriageReturns = "Cloud Storage refuses carriage returns and line feeds in names; the adapter does so before any request";
    private const string Dots = "Cloud Storage refuses the names '.' and '..'; the adapter does so before any request";

    private GcsEmulator? _emulator;

    public override string Provider => "Cloud Storage";

    public override IReadOnlyCollection<string> Secrets => [LateToken, "PRIVATE KEY", "private_key"];

    public override IReadOnlyDictionary<string, string> Quirks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["keys.odd.ascii-0"] = CarriageReturns,
        ["keys.sign.ascii-0"] = CarriageReturns,
        ["keys.odd.only-dot"] = Dots,
        ["keys.odd.only-dots"] = Dots,
        ["keys.sign.only-dot"] = Dots,
        ["keys.sign.only-dots"] = Dots,
    };

    protected override string ProviderName => "Google";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Endpoint"] = Emulator.Endpoint.GetLeftPart(UriPartial.Authority),
        ["CredentialsJson"] = Emulator.ServiceAccountJson,
    };

    protected override IReadOnlyList<ContractService> ContractServices =>
    [
        // OAuth 2.0 (RFC 6749, 7523): no interface of Google's own, and spoken by Google's library.
        new() { Description = null, Endpoint = Emulator.Endpoint, Paths = ["/token"] },
        new() { Description = ContractSpecs.Get(ContractSpecs.GoogleIamCredentials), Endpoint = Emulator.Endpoint, Paths = ["/v1/projects/"], Server = "gcs-emulator" },
        new() { Description = ContractSpecs.Get(ContractSpecs.GoogleStorage), Endpoint = Emulator.Endpoint, Paths = ["/storage/v1/", "/upload/storage/v1/", "/resumable/", "/download/storage/v1/", "/batch/"], Server = "gcs-emulator" },

        // The XML API is described nowhere but as an S3 with other names of its extensions, so S3's description checks it.
        new() { Description = ContractSpecs.Get(ContractSpecs.S3), Endpoint = Emulator.Endpoint, Server = "gcs-xml" },
    ];

    private GcsEmulator Emulator => _emulator ?? throw new InvalidOperationException("The harness is not initialized.");

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        _emulator = await GcsEmulator.StartAsync(new GcsEmulatorOptions { AccessTokens = [LateToken] });
        await base.InitializeAsync(cancellationToken);

        // A token that was made elsewhere says nothing of the clock here, so that the clock stays wrong and its signatures are late.
        OpenLate(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Endpoint"] = Emulator.Endpoint.GetLeftPart(UriPartial.Authority),
            ["IamEndpoint"] = Emulator.Endpoint.GetLeftPart(UriPartial.Authority),
            ["ProjectId"] = "emulator",
            ["AccessToken"] = LateToken,
            ["SignerEmail"] = GcsEmulator.ServiceAccountEmail,
        });
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }
}
