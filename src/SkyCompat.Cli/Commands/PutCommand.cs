namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc put</c></summary>
internal sealed class PutCommand : SkycCommand
{
    private readonly Argument<string[]> _names = NameArguments.Many("SOURCE… DESTINATION", "Files, folders with -r, or - for standard input; and cloud:bucket/key or @logical/key.");
    private readonly Option<bool> _recursive = new("--recursive", "-r") { Description = "Copy everything beneath the source to beneath the destination." };
    private readonly Option<string?> _contentType = new("--content-type") { Description = "The media type, for one object.", HelpName = "TYPE" };
    private readonly Option<string[]> _metadata = new("--metadata") { Description = "Metadata, for one object; may be repeated.", HelpName = "KEY=VALUE" };
    private readonly Option<string[]> _tag = new("--tag") { Description = "A tag, for one object; may be repeated.", HelpName = "KEY=VALUE" };
    private readonly Option<string?> _tier = new("--tier") { Description = "The storage tier, for one object." };
    private readonly CopyOptionSet _options = new(listsDestination: false, isBetweenClouds: false);

    public PutCommand()
        : base("put", "Copies from this machine to a cloud: cp with its direction checked, and with headers, metadata, tags and tier for one object.", "put talk.mp4 r2:media/talks/", "put -r ./photos @media/photos --exclude '*.tmp'", "put --content-type text/html index.html r2:web/", "pg_dump shop | skyc put - r2:backups/shop.sql --tier infrequent")
    {
        _names.Arity = NameArguments.SourcesAndDestination;
        _tier.AcceptOnlyFromAmong(Choice.Words<StorageTier>());
        Add(_names);
        Add(_recursive);
        Add(_contentType);
        Add(_metadata);
        Add(_tag);
        Add(_tier);
        _options.AddTo(this);
    }

    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var places = context.Get(_names)!.Select(context.Resolve).ToList();
        var (sources, destination) = (places[..^1], places[^1]);
        if (sources.Find(source => source is { IsLocal: false, IsStandard: false }) is { } wrong)
        {
            throw new UsageException($"'{wrong}' is in a cloud; put copies from this machine. Use cp between clouds.");
        }

        destination.RequireBucket();
        var attributes = ReadAttributes(context);
        if (attributes is null)
        {
            return CopyRunner.RunAsync(context, sources, destination, context.Get(_recursive), _options, cancellationToken);
        }

        if (sources is not [var source] || context.Get(_recursive))
        {
            throw new UsageException("--content-type, --metadata, --tag and --tier are for one object; put the others in a command of their own.");
        }

        if (source.IsLocal && !File.Exists(source.Path))
        {
            throw Directory.Exists(source.Path) ? new UsageException($"'{source}' is a folder; --content-type, --metadata, --tag and --tier are for one object.") : new MissingException($"There is no file '{source}'.");
        }

        return BodyWriter.WriteAsync(context, source, destination, attributes, _options.Read(context), _options.IsDryRun(context), cancellationToken);
    }

    private PutOptions? ReadAttributes(CommandContext context)
    {
        var metadata = Pairs("--metadata", context.Get(_metadata));
        var tags = Pairs("--tag", context.Get(_tag));
        var (contentType, tier) = (context.Get(_contentType), context.Get(_tier));
        return metadata.Count + tags.Count == 0 && contentType is null && tier is null ? null : new PutOptions
        {
            Headers = contentType is null ? ContentHeaders.Default : new ContentHeaders { ContentType = contentType },
            Metadata = metadata,
            Tags = tags,
            Tier = tier is null ? StorageTier.Standard : Choice.Parse<StorageTier>(tier),
        };
    }

    private static Dictionary<string, string> Pairs(string option, string[]? texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts ?? [])
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !pairs.TryAdd(text[..equals], text[(equals + 1)..]))
            {
                throw new UsageException($"{option} '{text}': write KEY=VALUE, each key once.");
            }
        }

        return pairs;
    }
}
