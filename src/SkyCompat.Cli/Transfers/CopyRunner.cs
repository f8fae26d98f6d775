namespace SkyCompat.Cli.Transfers;

/// <summary>What cp, put and get have in common.</summary>
internal static class CopyRunner
{
    public static async Task<int> RunAsync(CommandContext context, IReadOnlyList<Place> sources, Place destination, bool recursive, CopyOptionSet set, CancellationToken cancellationToken)
    {
        var filter = set.ReadFilter(context);
        var options = set.Read(context);
        if (sources.Any(source => source.IsStandard))
        {
            return sources.Count == 1
                ? await BodyWriter.WriteAsync(context, sources[0], destination, new PutOptions(), options, set.IsDryRun(context), cancellationToken)
                : throw new UsageException("Standard input can be the only source.");
        }

        if (destination.IsStandard)
        {
            return sources is [var source] && !recursive
                ? await CatCommand.RunAsync(context, source, cancellationToken)
                : throw new UsageException("Standard output takes one object; `skyc cat` takes several.");
        }

        var requests = CopyPlanner.Plan(sources, destination, recursive).Select(request => request with { Filter = filter, Options = options });
        return await TransferRunner.RunAsync(context, [.. requests], set, cancellationToken);
    }
}
