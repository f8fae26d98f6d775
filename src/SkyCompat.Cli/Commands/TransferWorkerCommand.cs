namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc transfer-worker</c></summary>
internal sealed class TransferWorkerCommand : SkycCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The transfer's id." };

    public TransferWorkerCommand()
        : base(
            TransferWork.Command,
            $"Takes part in a transfer over a cluster, as its pods do: copies from logical bucket '{TransferWork.SourceBucket}' to '{TransferWork.DestinationBucket}' what the journal there says.",
            $"{TransferWork.Command} 0123456789abcdef") => Add(_id);

    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => ClusterOptions.CheckedAsync(async () =>
    {
        var work = new TransferWork
        {
            Id = context.Get(_id)!,
            Source = context.Sky.GetBucket(TransferWork.SourceBucket),
            Destination = context.Sky.GetBucket(TransferWork.DestinationBucket),
            Worker = context.Environment.Variable("HOSTNAME") ?? "worker",
        };
        var report = await context.Transfers.WorkAsync(work, new ConsoleObserver(context.Output, context.Time), cancellationToken);
        ReportText.Print(context.Output, report);

        // What failed is in the journal: a worker that did its part must not be started anew.
        return ExitCode.Done;
    });
}
