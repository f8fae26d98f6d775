namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc cat</c></summary>
internal sealed class CatCommand : SkycCommand
{
    /// <summary>More than this does not go into a JSON document.</summary>
    private const long MaxJsonBytes = 64 << 20;

    private readonly Argument<string[]> _names = NameArguments.Many("NAME", "Objects or files.");
    private readonly Option<string?> _range = new("--range") { Description = "Only these bytes: 0-99, 100- or -50 (the last 50), as --range=-50.", HelpName = "RANGE" };
    private readonly Option<string?> _version = new("--version-id") { Description = "A version of the object; default: the current one.", HelpName = "ID" };

    public CatCommand()
        : base("cat", "Writes objects to standard output, one after the other. Bytes are checked against the store's checksum where it keeps one.", "cat r2:media/notes.txt", "cat --range=-1024 r2:logs/today.log", "cat r2:backups/db.tar.gz | tar tz")
    {
        Add(_names);
        Add(_range);
        Add(_version);
    }

    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken) => RunAsync(
        context,
        [.. context.Get(_names)!.Select(context.Resolve)],
        context.Get(_range) is { } text ? RangeText.Parse(text) : null,
        context.Get(_version),
        cancellationToken);

    /// <summary>What cp and get do when the destination is standard output.</summary>
    public static Task<int> RunAsync(CommandContext context, Place place, CancellationToken cancellationToken) => RunAsync(context, [place], null, null, cancellationToken);

    private static async Task<int> RunAsync(CommandContext context, List<Place> places, ByteRange? range, string? version, CancellationToken cancellationToken)
    {
        foreach (var place in places.Where(place => !place.IsLocal))
        {
            place.RequireObject();
        }

        if (places.Exists(place => place.IsLocal) && range is not null)
        {
            throw new UsageException("--range is for objects; use `tail` or `head` for files.");
        }

        context.Output.Flush();
        await using var output = context.Output.IsJson ? null : context.Environment.OpenOutput();
        foreach (var place in places)
        {
            if (place.IsLocal)
            {
                await using var file = File.OpenRead(place.Path);
                await WriteAsync(context, place, file, file.Length, output, cancellationToken);
                continue;
            }

            // Read-ahead pays for large bodies only, and a range is one request.
            var options = new GetOptions { Range = range, VersionId = version, Concurrency = range is null ? 4 : 1 };
            await using var content = await place.Bucket!.GetAsync(place.Path, options, cancellationToken);
            await WriteAsync(context, place, content.AsStream(), content.Length, output, cancellationToken);
        }

        return ExitCode.Done;
    }

    private static async Task WriteAsync(CommandContext context, Place place, Stream body, long length, Stream? output, CancellationToken cancellationToken)
    {
        if (output is not null)
        {
            await body.CopyToAsync(output, cancellationToken);
            await output.FlushAsync(cancellationToken);
            return;
        }

        if (length > MaxJsonBytes)
        {
            throw new UsageException($"'{place}' has {ByteSize.Format(length)}, too much for a JSON document; leave --json away.");
        }

        var bytes = new byte[length];
        await body.ReadExactlyAsync(bytes, cancellationToken);
        context.Output.Json(new JsonObject { ["type"] = "content", ["name"] = place.ToString(), ["size"] = length, ["base64"] = Convert.ToBase64String(bytes) });
    }
}
