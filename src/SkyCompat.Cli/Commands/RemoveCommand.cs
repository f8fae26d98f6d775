namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc rm</c></summary>
internal sealed class RemoveCommand : SkycCommand
{
    private readonly Argument<string[]> _names = NameArguments.Many("NAME", "Objects; with -r folders.");
    private readonly Option<bool> _recursive = new("--recursive", "-r") { Description = "Delete everything beneath the name. 'b/photos' means 'b/photos/'." };
    private readonly Option<bool> _force = new("--force", "-f") { Description = "Count what is not there as deleted." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask before -r deletes." };
    private readonly Option<bool> _dryRun = new("--dry-run", "-n") { Description = "Print what would be deleted." };
    private readonly Option<string?> _version = new("--version-id") { Description = "Delete this version for good.", HelpName = "ID" };

    public RemoveCommand()
        : base("rm", "Deletes objects. Files of this machine are left to the shell's rm.", "rm r2:media/old.jpg", "rm -r --dry-run r2:media/tmp/", "rm -r --yes @media/tmp/")
    {
        Add(_names);
        Add(_recursive);
        Add(_force);
        Add(_yes);
        Add(_dryRun);
        Add(_version);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var recursive = context.Get(_recursive);
        var places = context.Get(_names)!.Select(context.Resolve).ToList();
        foreach (var place in places)
        {
            place.RequireBucket();
            if (place.IsFolder && !recursive)
            {
                throw new UsageException($"'{place}' is a folder. `skyc rm -r {place}` deletes everything beneath it.");
            }
        }

        if (recursive && context.Get(_version) is not null)
        {
            throw new UsageException("--version-id names a version of one object and cannot go with --recursive.");
        }

        if (recursive && !context.Get(_dryRun) && !context.Get(_yes) && !context.Confirm($"Delete everything under {string.Join(", ", places.Select(place => place.NameOf(place.FolderPrefix)))}?"))
        {
            context.Output.Note("Nothing was deleted.");
            return ExitCode.Failed;
        }

        var exitCode = ExitCode.Done;
        foreach (var place in places)
        {
            var code = recursive ? await DeleteManyAsync(context, place, cancellationToken) : await DeleteOneAsync(context, place, cancellationToken);
            exitCode = exitCode == ExitCode.Done ? code : exitCode;
        }

        return exitCode;
    }

    private async Task<int> DeleteOneAsync(CommandContext context, Place place, CancellationToken cancellationToken)
    {
        var (bucket, key) = place.RequireObject();
        var version = context.Get(_version);
        // Not every store tells whether there was something to delete.
        if (!context.Get(_force) && await bucket.TryGetInfoAsync(key, new GetInfoOptions { VersionId = version }, cancellationToken) is null)
        {
            context.Output.Fail($"There is no object '{place}'.", ExitCode.NotFound);
            return ExitCode.NotFound;
        }

        if (!context.Get(_dryRun))
        {
            await bucket.DeleteAsync(key, new DeleteOptions { VersionId = version }, cancellationToken);
        }

        Report(context, place.ToString());
        return ExitCode.Done;
    }

    private async Task<int> DeleteManyAsync(CommandContext context, Place place, CancellationToken cancellationToken)
    {
        long deleted = 0, failed = 0;
        var keys = BucketEmptier.KeysAsync(place.RequireBucket(), place.FolderPrefix, cancellationToken);
        if (context.Get(_dryRun))
        {
            await foreach (var key in keys)
            {
                deleted++;
                Report(context, place.NameOf(key));
            }
        }
        else
        {
            await foreach (var result in place.Bucket!.DeleteManyAsync(keys, cancellationToken))
            {
                if (result.Outcome is DeleteOutcome.Failed)
                {
                    failed++;
                    context.Output.Fail($"failed  {place.NameOf(result.Key)}: {result.Error?.Message}", ExitCode.Failed, result.Error);
                    continue;
                }

                deleted++;
                Report(context, place.NameOf(result.Key));
            }
        }

        if (deleted + failed == 0 && !context.Get(_force))
        {
            context.Output.Fail($"Nothing is under '{place.NameOf(place.FolderPrefix)}'.", ExitCode.NotFound);
            return ExitCode.NotFound;
        }

        context.Output.Note($"{(context.Get(_dryRun) ? "Would delete" : "Deleted")} {Count.Of(deleted, "object")}{(failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {failed:N0} failed") : "")}.");
        return failed > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private void Report(CommandContext context, string name)
    {
        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject { ["type"] = context.Get(_dryRun) ? "wouldDelete" : "deleted", ["name"] = name });
        }
        else if (!context.Output.IsQuiet)
        {
            context.Output.Line($"{(context.Get(_dryRun) ? "would delete" : "deleted")}  {Printable.Text(name)}");
        }
    }
}
