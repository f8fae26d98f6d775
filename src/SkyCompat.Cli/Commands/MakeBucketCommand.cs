namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc mb</c></summary>
internal sealed class MakeBucketCommand : SkycCommand
{
    private readonly Argument<string[]> _names = NameArguments.Many("BUCKET", "cloud:bucket.");
    private readonly Option<string?> _region = new("--region") { Description = "Where to make it; default: the cloud's region.", HelpName = "REGION" };

    public MakeBucketCommand()
        : base("mb", "Makes buckets; harmless for one that is there already and yours.", "mb r2:media", "mb aws:backups --region eu-central-1")
    {
        Add(_names);
        Add(_region);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var place in context.Get(_names)!.Select(context.Resolve).ToList())
        {
            var bucket = BucketArgument.Require(place);
            await place.Cloud!.Storage.CreateBucketAsync(bucket, new CreateBucketOptions { Region = context.Get(_region) }, cancellationToken);
            if (context.Output.IsJson)
            {
                context.Output.Json(new JsonObject { ["type"] = "bucket", ["name"] = $"{place.Cloud.Name}:{bucket}", ["bucket"] = bucket });
            }

            context.Output.Note($"Made {place.Cloud.Name}:{bucket}.");
        }

        return ExitCode.Done;
    }
}
