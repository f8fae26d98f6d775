namespace SkyCompat.Cli.Commands;

/// <summary>The option that says when two objects count as the same.</summary>
internal static class CompareOption
{
    public static Option<string> Create(TransferComparison standard)
    {
        var option = new Option<string>("--compare") { Description = "When objects count as the same: by size and time, by size, or by content (checksums where both sides keep them, otherwise by reading).", DefaultValueFactory = _ => Choice.Word(standard) };
        option.AcceptOnlyFromAmong(Choice.Words<TransferComparison>());
        return option;
    }
}
