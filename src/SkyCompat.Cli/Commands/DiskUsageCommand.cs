namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc du</c></summary>
internal sealed class DiskUsageCommand : SkycCommand
{
    private readonly Argument<string[]> _names = NameArguments.Many("NAME", "Buckets, folders or local folders. 'b/photos' means 'b/photos/'.");
    private readonly Option<int> _depth = new("--depth", "-d") { Description = "Show folders down to this depth too.", HelpName = "N" };
    private readonly Option<bool> _bytes = new("--bytes", "-b") { Description = "Print sizes in bytes." };

    public DiskUsageCommand()
        : base("du", "Adds up sizes and counts objects, by listing them.", "du r2:media", "du --depth 1 @media/photos/", "du --json r2:media | jq .size")
    {
        NumberRule.Require(_depth, 0);
        Add(_names);
        Add(_depth);
        Add(_bytes);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        foreach (var place in context.Get(_names)!.Select(context.Resolve).ToList())
        {
            await MeasureAsync(context, place, cancellationToken);
        }

        return ExitCode.Done;
    }

    private async Task MeasureAsync(CommandContext context, Place place, CancellationToken cancellationToken)
    {
        var depth = context.Get(_depth);
        var prefix = place.IsLocal ? "" : place.FolderPrefix;
        var folders = new SortedDictionary<string, (long Objects, long Bytes)>(StringComparer.Ordinal) { [""] = default };
        await foreach (var entry in PlaceListing.ListAsync(place, prefix, recursive: true, cancellationToken))
        {
            var name = entry.Key.AsSpan(prefix.Length);
            for (var (level, end) = (0, 0); ; level++)
            {
                var folder = name[..end].ToString();
                folders.TryGetValue(folder, out var sum);
                folders[folder] = (sum.Objects + 1, sum.Bytes + entry.Size);
                var next = name[end..].IndexOf('/') + 1;
                if (next == 0 || level == depth)
                {
                    break;
                }

                end += next;
            }
        }

        if (folders[""].Objects == 0 && prefix.Length > 0)
        {
            throw new MissingException($"Nothing is under '{place.NameOf(prefix)}'.");
        }

        // The sum of a folder comes after what it is the sum of, as in du.
        foreach (var (folder, sum) in folders.Reverse())
        {
            var name = place.IsLocal ? Path.Join(place.Name.Key, folder) : place.NameOf(prefix + folder);
            if (context.Output.IsJson)
            {
                context.Output.Json(new JsonObject { ["type"] = "usage", ["name"] = name, ["objects"] = sum.Objects, ["size"] = sum.Bytes });
            }
            else
            {
                var size = context.Get(_bytes) ? sum.Bytes.ToString(CultureInfo.InvariantCulture) : ByteSize.Format(sum.Bytes);
                context.Output.Line(string.Create(CultureInfo.InvariantCulture, $"{size,12}  {sum.Objects,10:N0} objects  {Printable.Text(name)}"));
            }
        }
    }
}
