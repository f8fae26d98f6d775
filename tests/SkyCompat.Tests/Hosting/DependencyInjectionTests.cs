using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using SkyCompat.Drivers;
using SkyCompat.Hosting;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class DependencyInjectionTests
{
    private readonly Dictionary<string, ScriptedStorage> _stores = new(StringComparer.Ordinal);

    [Fact]
    public async Task Services_KeyedByName_AreCloudsStoragesAndBuckets()
    {
        await using var services = Build();

        services.GetRequiredKeyedService<ICloud>("one").Name.ShouldBe("one");
        services.GetRequiredKeyedService<IObjectStorage>("two").Name.ShouldBe("two");
        var media = services.GetRequiredKeyedService<IBucket>("media");
        media.Name.ShouldBe("m");
        services.GetRequiredService<ICloud>().Name.ShouldBe("one");
        services.GetRequiredService<IObjectStorage>().Name.ShouldBe("one");
        services.GetRequiredService<ISky>().GetBucket("MEDIA").ShouldBeSameAs(media);
        services.GetRequiredService<UsesBucket>().Media.ShouldBeSameAs(media);
    }

    [Fact]
    public async Task Services_UnknownName_IsNotFoundWithTheChoices()
    {
        await using var services = Build();
        var sky = services.GetRequiredService<ISky>();

        Should.Throw<CloudException>(() => sky.GetCloud("onne")).Message.ShouldContain("Did you mean 'one'? Clouds: one, two");
        var error = Should.Throw<CloudException>(() => services.GetRequiredKeyedService<IBucket>("medai"));
        error.Code.ShouldBe(CloudErrorCode.NotFound);
        error.Message.ShouldContain("media, notes");
    }

    [Fact]
    public async Task Cloud_WithoutStorage_IsUnsupported()
    {
        var services = new ServiceCollection();
        services.AddSingleton<CloudProviderFactory>(new ScriptedFactory(_ => null));
        services.AddSkyCompat().AddCloud("bare", "Test");
        await using var provider = services.BuildServiceProvider();

        var cloud = provider.GetRequiredService<ICloud>();

        Should.Throw<CloudException>(() => cloud.Storage).Code.ShouldBe(CloudErrorCode.Unsupported);
        cloud.Offers<IObjectStorage>().ShouldBeFalse();
    }

    [Fact]
    public async Task GetService_NativeClient_IsFound()
    {
        await using var services = Build();

        services.GetRequiredService<ICloud>().GetRequiredService<ScriptedStorage>().ShouldBeSameAs(_stores["one"]);
        services.GetRequiredKeyedService<IBucket>("notes").GetRequiredService<ScriptedBucket>().Name.ShouldBe("n");
        Should.Throw<CloudException>(() => services.GetRequiredService<ICloud>().GetRequiredService<Uri>()).Code.ShouldBe(CloudErrorCode.Unsupported);
    }

    [Fact]
    public async Task GetService_AbilityThatIsLacking_IsNull()
    {
        await using var engine = new Engine(capabilities: ScriptedBucket.Everything with { Features = BucketFeatures.Tags });

        engine.Bucket.Offers<IObjectTags>().ShouldBeTrue();
        engine.Bucket.Offers<IObjectTiers>().ShouldBeFalse();
        engine.Bucket.Offers<IBucketVersions>().ShouldBeFalse();
        engine.Bucket.Offers<IMultipartUploads>().ShouldBeFalse();
    }

    [Fact]
    public async Task Decorators_SeveralOfABucket_AreAppliedInOrderOverThePrefix()
    {
        await using var services = Build(builder => builder
            .DecorateBucket("media", (inner, _) => new Suffixed(inner, "-1"))
            .DecorateBucket("MEDIA", (inner, _) => new Suffixed(inner, "-2")));

        await services.GetRequiredKeyedService<IBucket>("media").PutTextAsync("a", "text");
        await services.GetRequiredKeyedService<IBucket>("notes").PutTextAsync("a", "text");

        _stores["two"].Bucket("m").Objects.Keys.ShouldBe(["uploads/a-2-1"]);
        _stores["one"].Bucket("n").Objects.Keys.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Decorators_OfAStorage_SitBeneathTheRetries()
    {
        var faulty = new ScriptedStorage();
        faulty.Script.Fail("GetObjectInfo", Errors.Unavailable, 1);
        await using var services = Build(builder => builder.DecorateStorage("one", (_, _) => faulty));

        (await services.GetRequiredKeyedService<IBucket>("notes").ExistsAsync("a")).ShouldBeFalse();

        faulty.Script.Count("GetObjectInfo").ShouldBe(2);
        _stores["one"].Script.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task Disposal_OfTheContainer_DisposesEachDriverOnce()
    {
        var services = Build();
        _ = services.GetRequiredService<ISky>().Clouds;

        await services.DisposeAsync();

        _stores.Values.ShouldAllBe(store => store.Disposals == 1);
        _stores.Count.ShouldBe(2);
    }

    [Fact]
    public void Disposal_Synchronous_DisposesEachDriverOnce()
    {
        var services = Build();
        _ = services.GetRequiredService<ISky>().Clouds;

        services.Dispose();

        _stores.Values.ShouldAllBe(store => store.Disposals == 1);
    }

    [Fact]
    public async Task HealthChecks_OnePerBucket_TellWhichIsUnhealthy()
    {
        await using var services = Build(health: true);
        _ = services.GetRequiredService<ISky>().Clouds;
        _stores["two"].Script.Fail("ListObjects", Errors.Denied);

        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Entries.Keys.Order(StringComparer.Ordinal).ShouldBe(["skycompat:media", "skycompat:notes"]);
        report.Entries["skycompat:notes"].Status.ShouldBe(HealthStatus.Healthy);
        report.Entries["skycompat:media"].Status.ShouldBe(HealthStatus.Degraded);
        report.Entries["skycompat:media"].Exception.ShouldBeOfType<CloudException>();
        report.Entries.Values.ShouldAllBe(entry => entry.Tags.Contains("skycompat"));
        _stores["one"].Script.Operations.ShouldBe(["ListObjects"]);
    }

    [Fact]
    public async Task Storage_Buckets_AreCreatedListedAndDeleted()
    {
        await using var engine = new Engine();

        await engine.Store.CreateBucketAsync("new");
        (await engine.Store.BucketExistsAsync("new")).ShouldBeTrue();
        (await engine.Store.ListBucketsAsync().Select(bucket => bucket.Name).ToListAsync()).ShouldBe(["media", "new"]);
        await engine.Store.DeleteBucketAsync("new");
        await engine.Store.DeleteBucketAsync("new");

        (await engine.Store.BucketExistsAsync("new")).ShouldBeFalse();
        Should.Throw<CloudException>(() => engine.Store.GetBucket("UPPER")).Reason.ShouldBe(ObjectStorageErrorReasons.InvalidBucketName);
    }

    [Fact]
    public async Task TryGetInfo_MissingBucket_IsToldFromAMissingObject()
    {
        await using var engine = new Engine();
        (await engine.Bucket.TryGetInfoAsync("a")).ShouldBeNull();
        await using var empty = new Engine();
        await empty.Storage.DeleteBucketAsync("media", default);

        await CloudAssert.FailsAsync(() => empty.Bucket.TryGetInfoAsync("a"), CloudErrorCode.NotFound, ObjectStorageErrorReasons.BucketNotFound);
    }

    private ServiceProvider Build(Action<ISkyCompatBuilder>? configure = null, bool health = false)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new TestTime());
        services.AddSingleton<UsesBucket>();
        services.AddSingleton<CloudProviderFactory>(new ScriptedFactory(cloud => _stores[cloud.Name] = new ScriptedStorage()));
        var builder = services.AddSkyCompat()
            .AddCloud("one", "Test")
            .AddCloud("two", "test", cloud => cloud.Region = "north")
            .AddBucket("media", bucket => (bucket.Cloud, bucket.Name, bucket.Prefix) = ("two", "m", "uploads/"))
            .AddBucket("notes", bucket => bucket.Name = "n");
        services.Configure<SkyCompatOptions>(options => options.DefaultCloud = "one");
        if (health)
        {
            services.AddHealthChecks().AddSkyCompat(HealthStatus.Degraded);
        }

        configure?.Invoke(builder);
        return services.BuildServiceProvider();
    }

    private sealed record UsesBucket([FromKeyedServices("media")] IBucket Media);

    private sealed class Suffixed(IBucket inner, string suffix) : DelegatingBucket(inner)
    {
        public override Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) =>
            Inner.PutAsync(key + suffix, body, options, cancellationToken);
    }
}
