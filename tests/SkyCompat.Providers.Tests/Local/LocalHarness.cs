using SkyCompat.ObjectStorage;

namespace SkyCompat.Providers.Tests.Local;

public sealed class LocalHarness : ProviderHarness
{
    private DirectoryInfo? _root;

    public override string Provider => "Local";

    protected override string ProviderName => "Local";

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(StringComparer.Ordinal) { ["Root"] = _root?.FullName };

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        _root = Directory.CreateTempSubdirectory("skycompat-conformance-");
        await base.InitializeAsync(cancellationToken);

        // Each store serves its own signed requests, by its own clock: the late one signs for the door of the other.
        var bucket = await GetBucketAsync(cancellationToken);
        var signed = await bucket.SignAsync("door", null, cancellationToken);
        OpenLate(new Dictionary<string, string?>(Settings, StringComparer.Ordinal) { ["PublicBaseUrl"] = signed.Url.GetLeftPart(UriPartial.Authority) });
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _root?.Delete(recursive: true);
    }
}
