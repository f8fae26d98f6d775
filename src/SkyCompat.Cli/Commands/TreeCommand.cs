namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc tree</c></summary>
internal sealed class TreeCommand : SkycCommand
{
    private readonly Argument<string> _name = NameArguments.One("NAME", "A bucket, a folder or a local folder. 'b/photos' means 'b/photos/'.");
    private readonly Option<int?> _depth = new("--depth", "-d") { Description = "Show folders down to this depth.", HelpName = "N" };

    public TreeCommand()
        : base("tree", "Draws folders and objects as a tree. Holds all names in memory; use ls -r for millions.", "tree r2:media/photos/", "tree --depth 2 @media")
    {
        NumberRule.Require(_depth, 1);
        Add(_name);
        Add(_depth);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var place = context.Resolve(context.Get(_name)!);
        var prefix = place.IsLocal ? "" : place.FolderPrefix;
        var root = new TreeNode(place.IsLocal ? place.Name.Key : place.NameOf(prefix));
        await foreach (var entry in PlaceListing.ListAsync(place, prefix, recursive: true, cancellationToken))
        {
            root.Add(entry.Key[prefix.Length..], entry.Size);
        }

        if (root.Objects == 0 && prefix.Length > 0)
        {
            throw new MissingException($"Nothing is under '{root.Name}'.");
        }

        var depth = context.Get(_depth) ?? int.MaxValue;
        if (context.Output.IsJson)
        {
            var document = root.ToJson(depth);
            document["type"] = "tree";
            context.Output.Json(document);
            return ExitCode.Done;
        }

        foreach (var line in root.Draw(depth))
        {
            context.Output.Line(line);
        }

        context.Output.Note($"{Count.Of(root.Folders, "folder")}, {Count.Of(root.Objects, "object")}, {ByteSize.Format(root.Size)}");
        return ExitCode.Done;
    }
}
