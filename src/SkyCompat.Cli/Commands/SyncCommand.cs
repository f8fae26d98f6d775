namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc sync</c></summary>
internal sealed class SyncCommand() : FolderPairCommand(
    "sync",
    "Copies what the destination lacks or has otherwise. Deletes nothing; mirror does.",
    "sync ./photos r2:media/photos",
    "sync r2:media az:media --compare content",
    "sync -n @media/ ./media --newer-than 7d")
{
    protected override TransferRequest Complete(CommandContext context, TransferRequest request) => request with { Mode = TransferMode.Sync };
}
