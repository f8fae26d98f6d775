using Spectre.Console;

namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc stat</c></summary>
internal sealed class StatCommand : SkycCommand
{
    private readonly Argument<string[]> _names = NameArguments.Many("NAME", "Objects, buckets or files.");
    private readonly Option<string?> _version = new("--version-id") { Description = "A version of the object; default: the current one.", HelpName = "ID" };

    public StatCommand()
        : base("stat", "Shows the properties of objects (size, time, headers, metadata, tags, checksum), of buckets (region, features), or of files.", "stat r2:media/photos/cat.jpg", "stat --json @media/cat.jpg | jq .metadata", "stat r2:media")
    {
        Add(_names);
        Add(_version);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var place in context.Get(_names)!.Select(context.Resolve).ToList())
        {
            var document = place switch
            {
                { IsLocal: true } => OfFile(place),
                { Bucket: not null, Path: "" } => await OfBucketAsync(place, cancellationToken),
                _ => await OfObjectAsync(place, context.Get(_version), cancellationToken),
            };
            Print(context.Output, document);
        }

        return ExitCode.Done;
    }

    private static JsonObject OfFile(Place place)
    {
        var file = new FileInfo(place.Path);
        if (Directory.Exists(place.Path))
        {
            return new JsonObject { ["type"] = "folder", ["name"] = place.Name.Key, ["path"] = place.Path, ["modified"] = new DateTimeOffset(file.LastWriteTimeUtc) };
        }

        return file.Exists
            ? new JsonObject { ["type"] = "file", ["name"] = place.Name.Key, ["path"] = place.Path, ["size"] = file.Length, ["modified"] = new DateTimeOffset(file.LastWriteTimeUtc) }
            : throw new MissingException($"There is no file '{place}'.");
    }

    private static async Task<JsonObject> OfBucketAsync(Place place, CancellationToken cancellationToken)
    {
        var bucket = place.Bucket!;
        var info = await place.Cloud!.Storage.TryGetBucketInfoAsync(bucket.Name, cancellationToken) ?? throw new MissingException($"There is no bucket '{place}'.");
        var capabilities = await bucket.GetCapabilitiesAsync(cancellationToken);
        return new JsonObject
        {
            ["type"] = "bucket",
            ["name"] = place.ToString(),
            ["bucket"] = info.Name,
            ["provider"] = place.Cloud.Provider.Name,
            ["region"] = info.Region,
            ["created"] = info.CreatedAt,
            ["features"] = new JsonArray([.. Features.Of(capabilities.Features).Select(feature => (JsonNode)feature)]),
            ["maxObjectBytes"] = capabilities.MaxObjectBytes,
            ["maxKeyBytes"] = capabilities.MaxKeyBytes,
        };
    }

    private static async Task<JsonObject> OfObjectAsync(Place place, string? version, CancellationToken cancellationToken)
    {
        var (bucket, key) = place.RequireObject();
        var info = await bucket.TryGetInfoAsync(key, version is null ? null : new GetInfoOptions { VersionId = version }, cancellationToken)
            ?? throw new MissingException($"There is no object '{place}'.{(place.IsFolder ? "" : $" If it is a folder, `skyc ls {place}/` lists it.")}");
        var tags = version is null && (await bucket.GetCapabilitiesAsync(cancellationToken)).Supports(BucketFeatures.Tags) && bucket.GetService<IObjectTags>() is { } service
            ? await service.GetTagsAsync(key, cancellationToken)
            : null;
        return new JsonObject
        {
            ["type"] = "object",
            ["name"] = place.ToString(),
            ["key"] = info.Key,
            ["size"] = info.Size,
            ["modified"] = info.LastModified,
            ["tag"] = info.Tag.ToString(),
            ["versionId"] = info.VersionId,
            ["tier"] = Choice.Name(info.Tier),
            ["checksum"] = info.Checksum?.ToString(),
            ["contentType"] = info.Headers.ContentType,
            ["cacheControl"] = info.Headers.CacheControl,
            ["contentDisposition"] = info.Headers.ContentDisposition,
            ["contentEncoding"] = info.Headers.ContentEncoding,
            ["contentLanguage"] = info.Headers.ContentLanguage,
            ["metadata"] = Map(info.Metadata),
            ["tags"] = tags is null ? null : Map(tags),
        };
    }

    private static JsonObject Map(IReadOnlyDictionary<string, string> pairs) => new(pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));

    private static void Print(CliOutput output, JsonObject document)
    {
        if (output.IsJson)
        {
            output.Json(document);
            return;
        }

        var table = new Table { ShowHeaders = false };
        table.AddColumn("").AddColumn("");
        foreach (var (name, value) in document)
        {
            switch (value)
            {
                case null or JsonObject { Count: 0 }:
                    break;
                case JsonObject map:
                    foreach (var (key, text) in map)
                    {
                        table.AddRow(new Text($"{name}.{key}"), new Text(Printable.Text(text?.ToString() ?? "")));
                    }

                    break;
                case JsonArray list:
                    table.AddRow(new Text(name), new Text(string.Join(", ", list.Select(item => item?.ToString()))));
                    break;
                case JsonValue number when name.Contains("size", StringComparison.OrdinalIgnoreCase) && number.TryGetValue<long>(out var bytes):
                    table.AddRow(new Text(name), new Text(string.Create(CultureInfo.InvariantCulture, $"{bytes} ({ByteSize.Format(bytes)})")));
                    break;
                case JsonValue time when time.TryGetValue<DateTimeOffset>(out var instant):
                    table.AddRow(new Text(name), new Text(EntryText.Time(instant)));
                    break;
                default:
                    table.AddRow(new Text(name), new Text(Printable.Text(value.ToString())));
                    break;
            }
        }

        output.Table(table);
    }
}
