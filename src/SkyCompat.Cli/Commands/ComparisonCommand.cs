namespace SkyCompat.Cli.Commands;

/// <summary>What diff and check have in common.</summary>
internal abstract class ComparisonCommand : SkycCommand
{
    private readonly Argument<string> _source = NameArguments.One("SOURCE", "A bucket, a folder, an object, or a path.");
    private readonly Argument<string> _destination = NameArguments.One("DESTINATION", "What to compare it with.");
    private readonly Option<bool> _all = new("--all", "-a") { Description = "Print what is the same too." };
    private readonly FilterOptions _filter = new();
    private readonly SpeedOptions _speed = new();

    protected ComparisonCommand(string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Add(_source);
        Add(_destination);
        Add(_all);
        _filter.AddTo(this);
        _speed.AddTo(this);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var source = context.Resolve(context.Get(_source)!);
        var destination = context.Resolve(context.Get(_destination)!);
        var (from, to) = await LocateAsync(source, destination, cancellationToken);
        var request = new TransferRequest
        {
            Source = from,
            Destination = to,
            Filter = _filter.Read(context),
            Options = _speed.Read(context, new TransferOptions { Comparison = Comparison(context) }),
        };
        return await DifferencePrinter.PrintAsync(context, request, context.Get(_all), cancellationToken);
    }

    protected abstract TransferComparison Comparison(CommandContext context);

    /// <summary>Both as one object if the source is one, otherwise as folders. Costs a request where a name could be either.</summary>
    private static async Task<(TransferLocation From, TransferLocation To)> LocateAsync(Place source, Place destination, CancellationToken cancellationToken)
    {
        var isOne = source.IsLocal ? File.Exists(source.Path)
            : !source.IsFolder && source.RequireBucket() is { } bucket && await bucket.ExistsAsync(source.Path, cancellationToken);
        if (!isOne)
        {
            FolderPair.Require(source, destination);
            return (CopyPlanner.Folder(source), CopyPlanner.Folder(destination));
        }

        var request = CopyPlanner.Plan([source], destination, recursive: false)[0];
        return (request.Source, request.Destination);
    }
}
