using CsCheck;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Planning;
using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Tests.Planning;

public sealed class OrderedMergeTests
{
    [Fact]
    public void JoinAsync_AnyTwoOrderedLists_GivesEachNameOnceInOrder() =>
        Gen.Select(Gen.String[Gen.Char["ab/\uFFFD"], 1, 4].Array[0, 20], Gen.String[Gen.Char["ab/\uFFFD"], 1, 4].Array[0, 20])
            .Select((left, right) => (Left: Ordered(left), Right: Ordered(right)))
            .Sample(lists =>
            {
                var pairs = JoinAsync(lists.Left, lists.Right).ToBlockingEnumerable().ToList();
                var names = pairs.Select(pair => (pair.Source ?? pair.Target)!.Value.Name).ToList();
                return names.SequenceEqual(Ordered([.. lists.Left, .. lists.Right]), StringComparer.Ordinal)
                    && pairs.All(pair => pair.Source is not null == lists.Left.Contains((pair.Source ?? pair.Target)!.Value.Name, StringComparer.Ordinal))
                    && pairs.All(pair => pair.Target is not null == lists.Right.Contains((pair.Source ?? pair.Target)!.Value.Name, StringComparer.Ordinal));
            });

    [Fact]
    public async Task JoinAsync_DisorderedList_FailsBeforeAnythingIsTakenForMissing()
    {
        var failure = await Should.ThrowAsync<CloudException>(async () => await JoinAsync(["a", "c"], ["a", "c", "b"]).CountAsync(TestContext.Current.CancellationToken));
        failure.Code.ShouldBe(CloudErrorCode.DataCorrupted);
        failure.Message.ShouldContain("destination");
    }

    private static string[] Ordered(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(KeyOrder.Comparer)];

    private static IAsyncEnumerable<(SideEntry? Source, SideEntry? Target)> JoinAsync(string[] left, string[] right) => OrderedMerge.JoinAsync(Entries(left), Entries(right));

    private static IAsyncEnumerable<SideEntry> Entries(string[] names) => names.Select(name => new SideEntry(name, 1, default, default, default)).ToAsyncEnumerable();
}
