namespace SkyCompat.Cli.Transfers;

/// <summary>Writes one body, standard input or a file with attributes of its own, as one object.</summary>
internal static class BodyWriter
{
    public static async Task<int> WriteAsync(CommandContext context, Place source, Place destination, PutOptions put, TransferOptions options, bool isDryRun, CancellationToken cancellationToken)
    {
        var (bucket, key) = Target(source, destination);
        if (isDryRun)
        {
            context.Output.Note($"Would write {(source.IsStandard ? "standard input" : $"'{source}'")} to {destination.NameOf(key)}.");
            return ExitCode.Done;
        }

        put = put with
        {
            Condition = options.Overwrite is TransferOverwrite.Never ? WriteCondition.MustNotExist : WriteCondition.None,
            PartSizeBytes = options.PartSizeBytes,
            Concurrency = options.MaxConcurrency is { } concurrency ? Math.Min(concurrency, 256) : null,
        };
        var report = await ProgressDisplay.FollowAsync(context, async observer =>
        {
            var progress = new BodyProgress(observer, context.Time, key, source.IsStandard ? null : new FileInfo(source.Path).Length);
            var result = await PutAsync(context, source, bucket, key, put with { Progress = progress }, cancellationToken);
            return new TransferReport
            {
                Copied = 1,
                Verified = new Dictionary<TransferVerification, long> { [TransferVerification.Upload] = 1 },
                Routes = new Dictionary<TransferRoute, long> { [TransferRoute.Pipe] = 1 },
                Cost = new TransferCost(result.Size, result.Size, 0, 0, 1, 0),
                Elapsed = progress.Elapsed,
            };
        });
        ReportText.Print(context.Output, report);
        return ExitCode.Done;
    }

    private static (IBucket Bucket, string Key) Target(Place source, Place destination)
    {
        if (destination.IsStandard || destination.IsLocal)
        {
            throw new UsageException($"'{destination}' is on this machine; standard input goes to cloud:bucket/key or @logical/key.");
        }

        if (!destination.IsFolder)
        {
            return destination.RequireObject();
        }

        return source.IsStandard
            ? throw new UsageException($"Standard input has no name to put into the folder '{destination}'. Write the whole key.")
            : (destination.RequireBucket(), destination.Path + Path.GetFileName(source.Path));
    }

    private static async Task<PutResult> PutAsync(CommandContext context, Place source, IBucket bucket, string key, PutOptions put, CancellationToken cancellationToken)
    {
        if (!source.IsStandard)
        {
            return await bucket.PutAsync(key, ObjectBody.FromFile(source.Path), put, cancellationToken);
        }

        await using var input = new InputStream(context.Environment.OpenInput());
        return await bucket.PutAsync(key, ObjectBody.FromStream(input), put, cancellationToken);
    }
}
