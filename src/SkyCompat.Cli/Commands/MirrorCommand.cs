namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc mirror</c></summary>
internal sealed class MirrorCommand : FolderPairCommand
{
    private readonly Option<bool> _delete = new("--delete") { Description = "Delete what only the destination has, once everything was copied without a failure." };
    private readonly Option<long> _maxDelete = new("--max-delete") { Description = "Delete at most this many; if there are more, none.", HelpName = "N", DefaultValueFactory = _ => TransferOptions.Default.MaxDeletes };

    public MirrorCommand()
        : base("mirror", "Makes the destination the same as the source: a sync that, with --delete, deletes what only the destination has.", "mirror --dry-run --delete ./site r2:web", "mirror --delete --max-delete 50 ./site r2:web", "mirror --delete r2:media az:media --overwrite when-unchanged")
    {
        Add(_delete);
        Add(_maxDelete);
        NumberRule.Require(_maxDelete, 0);
    }

    protected override TransferRequest Complete(CommandContext context, TransferRequest request) => request with
    {
        Mode = TransferMode.Mirror,
        Options = request.Options with { DeleteExtra = context.Get(_delete), MaxDeletes = context.Get(_maxDelete) },
    };
}
