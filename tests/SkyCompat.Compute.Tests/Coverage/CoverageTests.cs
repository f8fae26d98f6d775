using System.Text;

namespace SkyCompat.Compute.Tests.Coverage;

/// <summary>Which operations of a provider each operation of its adapter asks for, all of them under the contract checks; docs/coverage.md shows it.</summary>
public abstract class CoverageTests
{
    /// <summary>The provider's name in the page.</summary>
    protected abstract string Provider { get; }

    /// <summary>Operations that the adapter has and that ask for nothing, with the reason.</summary>
    protected virtual IReadOnlyDictionary<string, string> AsksForNothing { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    [Fact]
    public async Task EveryOperationOfTheAdapter_AsksForDescribedOperationsOnly()
    {
        await using var cloud = await StartAsync();
        var table = new CoverageTable(cloud.Contracts);

        await new CoverageWalk(cloud, table).RunAsync();

        var text = new StringBuilder("| Operation of the adapter | Asks for |\n| --- | --- |\n");
        var bare = new List<string>();
        foreach (var (operation, lacks) in CoverageOperations.Of(cloud.Driver))
        {
            var asked = table.Rows.GetValueOrDefault(operation);
            var reason = AsksForNothing.GetValueOrDefault(operation) ?? lacks;
            if ((asked is { Count: > 0 }) == (reason is not null))
            {
                bare.Add(operation);
            }

            text.Append($"| {operation} | {(asked is { Count: > 0 } ? string.Join(", ", asked.Select(name => $"`{name}`")) : $"nothing: {reason}")} |\n");
        }

        bare.ShouldBeEmpty("each operation asks for something that is checked, or has a reason not to, and not both");
        table.Rows.Keys.Except(CoverageOperations.Of(cloud.Driver).Keys, StringComparer.Ordinal).ShouldBeEmpty();
        cloud.Contracts.Replies.ShouldBe(cloud.Contracts.Requests, "every reply is checked too");
        await CoveragePage.CheckAsync(Provider, text.ToString());
    }

    private protected abstract Task<CoverageCloud> StartAsync();
}
