using SkyCompat.Contracts;
using SkyCompat.Contracts.Signatures;

namespace SkyCompat.Providers.Tests.Azure;

public sealed class AzuriteHarness : ProviderHarness
{
    public override string Provider => "Azurite";

    public override IReadOnlyCollection<string> Secrets => [Azurite.AccountKey];

    public override IReadOnlyDictionary<string, string> Quirks { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["keys.odd.noncharacter"] = "answers 500 to a list of a key with U+FFFF; the service encodes such names",
        ["concurrency.lists"] = "orders keys by UTF-16, so that pages are in another order",
        ["list.after.unicode.*"] = "orders keys by UTF-16, and begins there",
        ["list.delimiter.across.*"] = "takes only the first character of a delimiter",
        ["list.delimiter.word.*"] = "takes only the first character of a delimiter",
        ["read-if.missing"] = "answers 412, where the service answers 404, to a read under a tag of a key that is missing",
        ["sign.put.wrong-type"] = "a shared access signature binds no headers, here as on the service",
    };

    protected override string ProviderName => "Azure";

    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["BlobServiceUri"] = Azurite.Endpoint.AbsoluteUri,
        ["AccountKey"] = Azurite.AccountKey,
    };

    protected override IReadOnlyList<ContractService> ContractServices =>
    [
        new()
        {
            Description = ContractSpecs.Get(ContractSpecs.AzureBlob),
            Endpoint = Azurite.Endpoint,
            BasePath = Azurite.Endpoint.AbsolutePath,
            Server = "azurite",
            Signatures = new AnySignature(
                new AzureSharedKeyVerifier(account => account == Azurite.AccountName ? Azurite.AccountKey : null),
                new AzureSasVerifier(Azurite.AccountName, Azurite.AccountKey, hasAccountInPath: true)),
            RequiresSignature = true,
        },
    ];

    public override async ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => await Azurite.UnavailableReasonAsync(cancellationToken);

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        await base.InitializeAsync(cancellationToken);
        OpenLate(Settings);
    }
}
