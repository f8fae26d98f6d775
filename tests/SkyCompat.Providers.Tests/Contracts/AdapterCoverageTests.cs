using SkyCompat.ObjectStorage;
using SkyCompat.Providers.Tests.Alibaba;
using SkyCompat.Providers.Tests.Azure;
using SkyCompat.Providers.Tests.Google;
using SkyCompat.Providers.Tests.S3;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>The checks are beneath every adapter that has a network: what passes them has been seen by them.</summary>
public sealed class AdapterCoverageTests(ITestOutputHelper output)
{
    public static TheoryData<Type> Harnesses { get; } = [typeof(MotoHarness), typeof(CephHarness), typeof(CephTentacleHarness), typeof(AzuriteHarness), typeof(GoogleHarness), typeof(OssHarness)];

    [Theory]
    [MemberData(nameof(Harnesses))]
    public async Task Adapter_EveryRequest_IsSeen(Type type)
    {
        Specs.Require();
        await using var harness = (ProviderHarness)Activator.CreateInstance(type)!;
        if (await harness.UnavailableReasonAsync(TestContext.Current.CancellationToken) is { } reason)
        {
            harness.MustBeAvailable.ShouldBeFalse(reason);
            Assert.Skip(reason);
        }

        await harness.InitializeAsync(TestContext.Current.CancellationToken);
        var bucket = await harness.NewBucketAsync(TestContext.Current.CancellationToken);
        await bucket.PutTextAsync("a key", "text");
        await using (var content = await bucket.GetAsync("a key"))
        {
            content.Info.Size.ShouldBe(4);
        }

        (await bucket.ListPageAsync()).Entries.Count.ShouldBe(1);
        await bucket.DeleteAsync("a key");

        var log = harness.Contracts;
        output.WriteLine($"{harness.Provider}: {log.Requests} requests, {log.Replies} replies, {log.Signatures} signatures recomputed, {log.Exemptions.Count} exemptions used");
        foreach (var ((description, operation), count) in log.Operations.OrderBy(pair => pair.Key))
        {
            output.WriteLine($"  {count,5} {description} {operation}");
        }

        log.Violations.ShouldBeEmpty();
        log.Requests.ShouldBeGreaterThanOrEqualTo(5);

        // A reply can be lost, and the request is then sent again.
        log.Replies.ShouldBeGreaterThanOrEqualTo(5);
        if (type != typeof(GoogleHarness))
        {
            // Cloud Storage's requests carry a token; the others sign each.
            log.Signatures.ShouldBe(log.Requests);
        }
    }
}
