namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc check</c></summary>
internal sealed class CheckCommand() : ComparisonCommand(
    "check",
    "Verifies that both sides have the same bytes: by the checksums that the stores keep where they can be compared, otherwise by reading. Exit code 1 if not.",
    "check ./photos r2:media/photos",
    "check r2:media az:media --concurrency 32",
    "check talk.mp4 r2:media/talk.mp4")
{
    protected override TransferComparison Comparison(CommandContext context) => TransferComparison.Content;
}
