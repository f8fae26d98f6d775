namespace SkyCompat.Cli.Commands;

/// <summary><c>skyc get</c></summary>
internal sealed class GetCommand : SkycCommand
{
    private readonly Argument<string> _source = NameArguments.One("SOURCE", "cloud:bucket/key or @logical/key.");
    private readonly Argument<string> _destination = new("DESTINATION") { Description = "A path, or - for standard output; default: this folder.", HelpName = "DESTINATION", DefaultValueFactory = _ => "." };
    private readonly Option<bool> _recursive = new("--recursive", "-r") { Description = "Copy everything beneath the source to beneath the destination." };
    private readonly CopyOptionSet _options = new(listsDestination: false, isBetweenClouds: false);

    public GetCommand()
        : base("get", "Copies objects to this machine: cp with its direction checked.", "get r2:media/talk.mp4", "get r2:media/talk.mp4 films/", "get -r @media/photos/ ./photos --newer-than 7d", "get r2:notes/today.txt -")
    {
        Add(_source);
        Add(_destination);
        Add(_recursive);
        _options.AddTo(this);
    }

    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var source = context.Resolve(context.Get(_source)!);
        var destination = context.Resolve(context.Get(_destination)!);
        source.RequireBucket();
        return destination.IsLocal || destination.IsStandard
            ? CopyRunner.RunAsync(context, [source], destination, context.Get(_recursive), _options, cancellationToken)
            : throw new UsageException($"'{destination}' is in a cloud; get copies to this machine. Use cp between clouds.");
    }
}
