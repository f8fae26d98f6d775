namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc rb</c></summary>
internal sealed class RemoveBucketCommand : SkycCommand
{
    private readonly Argument<string[]> _names = NameArguments.Many("BUCKET", "cloud:bucket.");
    private readonly Option<bool> _force = new("--force") { Description = "Delete everything in it first: objects, versions and unfinished uploads." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };

    public RemoveBucketCommand()
        : base("rb", "Deletes empty buckets; with --force, what is in them too.", "rb r2:scratch", "rb --force --yes r2:scratch")
    {
        Add(_names);
        Add(_force);
        Add(_yes);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var place in context.Get(_names)!.Select(context.Resolve).ToList())
        {
            var name = BucketArgument.Require(place);
            var storage = place.Cloud!.Storage;
            if (place.Name.Kind is NameKind.Logical)
            {
                throw new UsageException($"'{place}' is a logical bucket and may show a part of the real one. Name that one: {place.Cloud.Name}:{name}.");
            }

            if (!await storage.BucketExistsAsync(name, cancellationToken))
            {
                throw new MissingException($"There is no bucket '{place.Cloud.Name}:{name}'.");
            }

            long deleted = 0;
            if (context.Get(_force))
            {
                if (!context.Get(_yes) && !context.Confirm($"Delete the bucket {place.Cloud.Name}:{name} with everything in it?"))
                {
                    context.Output.Note("Nothing was deleted.");
                    return ExitCode.Failed;
                }

                deleted = await BucketEmptier.EmptyAsync(place.Bucket!, cancellationToken);
            }

            await DeleteAsync(storage, place, name, cancellationToken);
            if (context.Output.IsJson)
            {
                context.Output.Json(new JsonObject { ["type"] = "bucketDeleted", ["name"] = $"{place.Cloud.Name}:{name}", ["bucket"] = name, ["objects"] = deleted });
            }

            context.Output.Note($"Deleted {place.Cloud.Name}:{name}{(deleted > 0 ? $" with {Count.Of(deleted, "object")}" : "")}.");
        }

        return ExitCode.Done;
    }

    private static async Task DeleteAsync(IObjectStorage storage, Place place, string name, CancellationToken cancellationToken)
    {
        try
        {
            await storage.DeleteBucketAsync(name, cancellationToken);
        }
        catch (CloudException exception) when (exception.Reason is ObjectStorageErrorReasons.BucketNotEmpty)
        {
            throw new CloudException(exception.Code, $"The bucket '{place.Cloud!.Name}:{name}' is not empty. `skyc rb --force` deletes what is in it too.", exception) { Reason = exception.Reason, Resource = name };
        }
    }
}
