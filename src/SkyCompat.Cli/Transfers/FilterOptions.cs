namespace SkyCompat.Cli.Transfers;

/// <summary>The options that say which objects take part.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _include = new("--include") { Description = "Only names that match; may be repeated. * and ? stop at slashes, ** does not; a pattern without a slash matches the last part of the name.", HelpName = "GLOB" };
    private readonly Option<string[]> _exclude = new("--exclude") { Description = "Not names that match; may be repeated.", HelpName = "GLOB" };
    private readonly Option<string?> _minSize = new("--min-size") { Description = "Only objects of at least this size, such as 16KiB.", HelpName = "SIZE" };
    private readonly Option<string?> _maxSize = new("--max-size") { Description = "Only objects of at most this size, such as 1.5GB.", HelpName = "SIZE" };
    private readonly Option<string?> _newer = new("--newer-than") { Description = "Only objects written since: an age (1h, 7d) or a date (2026-11-01).", HelpName = "WHEN" };
    private readonly Option<string?> _older = new("--older-than") { Description = "Only objects written before: an age or a date.", HelpName = "WHEN" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_include, _exclude, _minSize, _maxSize, _newer, _older])
        {
            command.Add(option);
        }
    }

    public TransferFilter Read(CommandContext context)
    {
        var now = context.Time.GetUtcNow();
        var filter = new TransferFilter
        {
            Include = context.Get(_include) ?? [],
            Exclude = context.Get(_exclude) ?? [],
            MinBytes = context.Get(_minSize) is { } min ? ByteSize.Parse(min) : null,
            MaxBytes = context.Get(_maxSize) is { } max ? ByteSize.Parse(max) : null,
            ModifiedSince = context.Get(_newer) is { } newer ? Age.ParseInstant(newer, now) : null,
            ModifiedBefore = context.Get(_older) is { } older ? Age.ParseInstant(older, now) : null,
        };
        if (filter.MinBytes > filter.MaxBytes)
        {
            throw new UsageException("--min-size is above --max-size, so no object can match.");
        }

        return filter.ModifiedSince >= filter.ModifiedBefore ? throw new UsageException("--newer-than is after --older-than, so no object can match.") : filter;
    }

    /// <summary>Whether a filter leaves everything in.</summary>
    public static bool IsAll(TransferFilter filter) => filter is { Include.Count: 0, Exclude.Count: 0, MinBytes: null, MaxBytes: null, ModifiedSince: null, ModifiedBefore: null };
}
