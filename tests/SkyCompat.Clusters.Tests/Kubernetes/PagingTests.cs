using System.Globalization;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>Long lists keep one page. Alone in the process, since what is measured is the memory of all of it.</summary>
[Collection(nameof(PagingTests))]
[CollectionDefinition(nameof(PagingTests), DisableParallelization = true)]
public sealed class PagingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skycompat-paging-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task List_OfTenThousandPods_KeepsOnePage()
    {
        const int Pods = 10_000;
        await using var server = new FakeApiServer(request =>
        {
            var from = int.Parse(request.QueryString["continue"] ?? "0", CultureInfo.InvariantCulture);
            var limit = int.Parse(request.QueryString["limit"]!, CultureInfo.InvariantCulture);
            var next = from + limit < Pods ? (from + limit).ToString(CultureInfo.InvariantCulture) : "";
            var items = Enumerable.Range(from, Math.Min(limit, Pods - from)).Select(number => FakeClusterTests.PodJson(number, new string('x', 3000)));
            return (200, $$"""{"kind":"PodList","metadata":{"resourceVersion":"1","continue":"{{next}}"},"items":[{{string.Join(',', items)}}]}""");
        });
        await using var services = TestCluster.Build(server.WriteKubeconfig(_folder));
        var workloads = FakeClusterTests.Workloads(services);
        await workloads.ListPodsAsync(new PodQuery { PageSize = 100 }, Token).Take(1000).CountAsync(Token);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        var count = 0;

        await foreach (var pod in workloads.ListPodsAsync(new PodQuery { PageSize = 100 }, Token))
        {
            pod.Name.ShouldBe(string.Create(CultureInfo.InvariantCulture, $"p{count}"));
            if (++count % 1000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        count.ShouldBe(Pods);
        // All of them have 30 MB of text; a page has 300 KB.
        most.ShouldBeLessThan(12 << 20);
    }
}
