using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Conformance;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests.Conformance;

/// <summary>The in-memory store, with a defect built into every bucket.</summary>
internal sealed class DefectiveHarness(Func<IBucket, IBucket>? defect = null) : ConformanceHarness
{
    private readonly ServiceProvider _services = Build();

    public override string Provider => "Defective";

    public override IObjectStorage Storage => new DefectiveStorage(_services.GetRequiredService<ISky>().DefaultCloud.Storage, defect ?? (bucket => bucket));

    public override IReadOnlyDictionary<string, string> Quirks => KnownDeviations;

    public IReadOnlyDictionary<string, string> KnownDeviations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public override ConformanceScale Scale => Sizes;

    public ConformanceScale Sizes { get; init; } = new();

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _services.DisposeAsync();
    }

    private static ServiceProvider Build()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSkyCompat().AddInMemory().AddCloud("main", "InMemory", cloud => cloud.KeyPolicy = KeyPolicy.Verbatim);
        return services.BuildServiceProvider();
    }

    private sealed class DefectiveStorage(IObjectStorage inner, Func<IBucket, IBucket> defect) : IObjectStorage
    {
        public string Name => inner.Name;

        public object? GetService(Type serviceType) => inner.GetService(serviceType);

        public IBucket GetBucket(string name) => defect(inner.GetBucket(name));

        public Task CreateBucketAsync(string name, CreateBucketOptions? options = null, CancellationToken cancellationToken = default) => inner.CreateBucketAsync(name, options, cancellationToken);

        public Task DeleteBucketAsync(string name, CancellationToken cancellationToken = default) => inner.DeleteBucketAsync(name, cancellationToken);

        public Task<BucketInfo?> TryGetBucketInfoAsync(string name, CancellationToken cancellationToken = default) => inner.TryGetBucketInfoAsync(name, cancellationToken);

        public Task<BucketPage> ListBucketsPageAsync(ListBucketsOptions? options = null, CancellationToken cancellationToken = default) => inner.ListBucketsPageAsync(options, cancellationToken);
    }
}
