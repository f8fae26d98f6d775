namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc cp</c></summary>
internal sealed class CopyCommand : SkycCommand
{
    private readonly Argument<string[]> _names = NameArguments.Many("SOURCE… DESTINATION", "What to copy and where to: clouds, paths of this machine, or - for standard input or output.");
    private readonly Option<bool> _recursive = new("--recursive", "-r") { Description = "Copy everything beneath the source to beneath the destination." };
    private readonly CopyOptionSet _options = new(listsDestination: false, isBetweenClouds: true);

    public CopyCommand()
        : base(
            "cp",
            "Copies objects between any two clouds, and between clouds and this machine, verified.",
            "cp talk.mp4 r2:media/talks/",
            "cp r2:media/talks/talk.mp4 .",
            "cp -r r2:media/photos az:archive/photos --journal photos.journal",
            "cp -r ./site @web/ --exclude '*.map' --bandwidth 10MB/s",
            "cp -r --dry-run r2:media az:archive",
            "cp -r r2:media az:archive --on-cluster prod --workers 16",
            "cp *.log r2:logs/today/",
            "tar c folder | skyc cp - r2:backups/folder.tar")
    {
        _names.Arity = NameArguments.SourcesAndDestination;
        Add(_names);
        Add(_recursive);
        _options.AddTo(this);
    }

    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var places = context.Get(_names)!.Select(context.Resolve).ToList();
        return CopyRunner.RunAsync(context, places[..^1], places[^1], context.Get(_recursive), _options, cancellationToken);
    }
}
