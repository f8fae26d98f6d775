using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Running;
using SkyCompat.Transfer.Sides;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Running;

public sealed class SignedSourcesTests
{
    [Fact]
    public async Task GetAsync_SeveralObjectsInTurn_SignsEachOnce()
    {
        await using var world = new TransferWorld();
        var bucket = new SigningBucket(await world.CreateBucketAsync("a", "first"));
        var urls = new SignedSources(new BucketSource(TransferLocation.FromPrefix(bucket), range: null, isOrdered: true, includesTags: false), TimeProvider.System);

        for (var part = 0; part < 3; part++)
        {
            foreach (var name in (string[])["1", "2", "3", "4"])
            {
                (await urls.GetAsync(name, TransferWorld.Token)).Url.AbsolutePath.ShouldBe($"/{name}");
            }
        }

        bucket.Signed.ShouldBe(["1", "2", "3", "4"]);
        urls.Forget("2");
        urls.Forget("3", await urls.GetAsync("3", TransferWorld.Token));
        await urls.GetAsync("2", TransferWorld.Token);
        await urls.GetAsync("3", TransferWorld.Token);
        bucket.Signed.ShouldBe(["1", "2", "3", "4", "2", "3"]);
    }

    private sealed class SigningBucket(IBucket inner) : DelegatingBucket(inner)
    {
        public List<string> Signed { get; } = [];

        public override Task<SignedRequest> SignAsync(string key, SignOptions? options = null, CancellationToken cancellationToken = default)
        {
            Signed.Add(key);
            return Task.FromResult(new SignedRequest("GET", new Uri($"http://store.test/{key}"), DateTimeOffset.UtcNow + options!.Lifetime));
        }
    }
}
