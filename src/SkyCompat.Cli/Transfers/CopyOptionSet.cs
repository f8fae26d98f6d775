namespace SkyCompat.Cli.Transfers;

/// <summary>The options of everything that copies.</summary>
internal sealed class CopyOptionSet
{
    private readonly FilterOptions _filter = new();
    private readonly SpeedOptions _speed = new();
    private readonly SpreadOptions? _spread;
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Print what would be done with each object, by which route, why and at what cost; write nothing." };
    private readonly Option<string?> _journal = new("--journal") { Description = "Record what is finished in this file: the same command goes on after a crash where it was.", HelpName = "FILE" };
    private readonly Option<string> _overwrite;
    private readonly Option<string[]> _route = new("--route") { Description = "Only these routes; may be repeated. Default: the cheapest sound one.", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _partSize = new("--part-size") { Description = "The size of a part of a large object, such as 32MiB.", HelpName = "SIZE" };
    private readonly Option<bool> _requireChecksum = new("--require-checksum") { Description = "Fail objects whose source keeps no checksum to verify the copy by." };
    private readonly Option<bool> _noTags = new("--no-tags") { Description = "Do not carry tags." };
    private readonly Option<bool> _noTier = new("--no-tier") { Description = "Do not carry storage tiers." };
    private readonly Option<bool> _noModified = new("--no-mtime") { Description = "Do not carry modification times." };
    private readonly Option<bool> _refuseLosses = new("--refuse-losses") { Description = "Do not start if the destination cannot keep something that objects may have." };

    /// <summary>Makes the options.</summary>
    /// <param name="listsDestination">Whether the destination is listed, so that an object can be replaced only while it is what the list showed.</param>
    /// <param name="isBetweenClouds">Whether both sides may be on clouds, so that workers on a cluster can copy.</param>
    public CopyOptionSet(bool listsDestination, bool isBetweenClouds)
    {
        _spread = isBetweenClouds ? new SpreadOptions() : null;
        _overwrite = new("--overwrite") { Description = "What to do about objects that are there already.", DefaultValueFactory = _ => Choice.Word(TransferOverwrite.Always) };
        _overwrite.AcceptOnlyFromAmong([.. Choice.Words<TransferOverwrite>().Where(word => listsDestination || word != Choice.Word(TransferOverwrite.WhenUnchanged))]);
        _route.AcceptOnlyFromAmong([.. Choice.Words<TransferRoute>().Where(word => word != Choice.Word(TransferRoute.None))]);
    }

    public void AddTo(Command command)
    {
        command.Add(_dryRun);
        command.Add(_journal);
        command.Add(_overwrite);
        _filter.AddTo(command);
        _speed.AddTo(command);
        _spread?.AddTo(command);
        foreach (var option in (Option[])[_partSize, _route, _requireChecksum, _noTags, _noTier, _noModified, _refuseLosses])
        {
            command.Add(option);
        }
    }

    public bool IsDryRun(CommandContext context) => context.Get(_dryRun);

    /// <summary>How they are spread over a cluster; null if they are not.</summary>
    public ClusterTransferOptions? ReadSpread(CommandContext context, IReadOnlyList<TransferRequest> requests) => _spread?.Read(context, requests);

    public TransferFilter ReadFilter(CommandContext context) => _filter.Read(context);

    public TransferOptions Read(CommandContext context)
    {
        var routes = (context.Get(_route) ?? []).Aggregate(TransferRoute.None, (sum, word) => sum | Choice.Parse<TransferRoute>(word));
        return _speed.Read(context, new TransferOptions
        {
            Overwrite = Choice.Parse<TransferOverwrite>(context.Get(_overwrite)!),
            Routes = routes is TransferRoute.None ? TransferRoute.All : routes,
            JournalPath = context.Get(_journal) is { } path ? Path.GetFullPath(path, context.Environment.Folder) : null,
            PartSizeBytes = context.Get(_partSize) is { } size ? ByteSize.Parse(size) : null,
            RequireChecksum = context.Get(_requireChecksum),
            IncludeTags = !context.Get(_noTags),
            IncludeTier = !context.Get(_noTier),
            IncludeModifiedTime = !context.Get(_noModified),
            RefuseLosses = context.Get(_refuseLosses),
        });
    }
}
