namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc diff</c></summary>
internal sealed class DiffCommand : ComparisonCommand
{
    private readonly Option<string> _compare = CompareOption.Create(TransferComparison.SizeAndTime);

    public DiffCommand()
        : base("diff", "Shows how two sides differ, by their lists. Exit code 1 if they do.", "diff ./photos r2:media/photos", "diff r2:media az:media --compare size", "diff --json r2:media az:media | jq -r 'select(.difference == \"onlyAtSource\").name'") => Add(_compare);

    protected override TransferComparison Comparison(CommandContext context) => Choice.Parse<TransferComparison>(context.Get(_compare)!);
}
