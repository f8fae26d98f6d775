namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc ls</c></summary>
internal sealed class ListCommand : SkycCommand
{
    private readonly Argument<string[]> _names = NameArguments.Many("NAME", "What to list: cloud: (its buckets), cloud:bucket/prefix, @logical/prefix or a path. Default: the buckets of the default cloud.", isRequired: false);
    private readonly Option<bool> _recursive = new("--recursive", "-r") { Description = "List all keys beneath, not one level." };
    private readonly Option<bool> _bytes = new("--bytes", "-b") { Description = "Print sizes in bytes." };

    public ListCommand()
        : base("ls", "Lists buckets, folders and objects. A prefix matches by its characters: 'b/pho' shows 'photos/' and 'phone.txt'.", "ls", "ls r2:", "ls r2:media/photos/", "ls -r @media/photos/2026/", "ls --json -r r2:media | jq -r 'select(.size > 1e9).name'")
    {
        Add(_names);
        Add(_recursive);
        Add(_bytes);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var names = context.Get(_names) is { Length: > 0 } given ? given : [DefaultCloud(context)];
        foreach (var place in names.Select(context.Resolve).ToList())
        {
            if (place.IsWholeCloud)
            {
                await ListBucketsAsync(context, place, cancellationToken);
            }
            else
            {
                await ListObjectsAsync(context, place, names.Length > 1, cancellationToken);
            }
        }

        return ExitCode.Done;
    }

    private static string DefaultCloud(CommandContext context) => context.Options.Clouds.Count == 1 || context.Options.DefaultCloud is not null
        ? context.Sky.DefaultCloud.Name + ":"
        : throw new UsageException($"There is no default cloud to list. Write one of: {string.Join(", ", context.Options.Clouds.Keys.Order(StringComparer.Ordinal).Select(name => name + ":"))}.");

    private static async Task ListBucketsAsync(CommandContext context, Place place, CancellationToken cancellationToken)
    {
        await foreach (var bucket in place.Cloud!.Storage.ListBucketsAsync(null, cancellationToken))
        {
            var name = $"{place}{bucket.Name}";
            if (context.Output.IsJson)
            {
                context.Output.Json(new JsonObject { ["type"] = "bucket", ["name"] = name, ["bucket"] = bucket.Name, ["created"] = bucket.CreatedAt, ["region"] = bucket.Region });
            }
            else
            {
                context.Output.Line($"{(bucket.CreatedAt is { } created ? EntryText.Time(created) : ""),20}  {"bucket",10}  {Printable.Text(name)}");
            }
        }
    }

    private async Task ListObjectsAsync(CommandContext context, Place place, bool fullNames, CancellationToken cancellationToken)
    {
        var isEmpty = true;
        var folder = place.IsLocal ? "" : place.Path[..(place.Path.LastIndexOf('/') + 1)];
        await foreach (var entry in PlaceListing.ListAsync(place, place.Path, context.Get(_recursive), cancellationToken))
        {
            isEmpty = false;
            var name = place.IsLocal ? (Directory.Exists(place.Path) ? Path.Join(place.Name.Key, entry.Key) : place.Name.Key) : place.NameOf(entry.Key);
            if (context.Output.IsJson)
            {
                context.Output.Json(EntryText.Json(entry, name));
            }
            else
            {
                context.Output.Line(EntryText.Line(entry, fullNames ? name : entry.Key[folder.Length..], context.Get(_bytes)));
            }
        }

        if (isEmpty && place.Path.Length > 0 && !place.IsLocal)
        {
            throw new MissingException($"Nothing is under '{place}'.");
        }
    }
}
