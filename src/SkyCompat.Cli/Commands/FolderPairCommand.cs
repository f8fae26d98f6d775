namespace SkyCompat.Cli.Commands;

/// <summary>What sync and mirror have in common: both sides are folders.</summary>
internal abstract class FolderPairCommand : SkycCommand
{
    private readonly Argument<string> _source = NameArguments.One("SOURCE", "A bucket, a folder or a local folder. 'b/photos' means 'b/photos/'.");
    private readonly Argument<string> _destination = NameArguments.One("DESTINATION", "The folder that becomes like it.");
    private readonly Option<string> _compare = CompareOption.Create(TransferComparison.SizeAndTime);
    private readonly CopyOptionSet _options = new(listsDestination: true, isBetweenClouds: true);

    protected FolderPairCommand(string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Add(_source);
        Add(_destination);
        Add(_compare);
        _options.AddTo(this);
    }

    public override Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var source = context.Resolve(context.Get(_source)!);
        var destination = context.Resolve(context.Get(_destination)!);
        FolderPair.Require(source, destination);
        var request = new TransferRequest
        {
            Source = CopyPlanner.Folder(source),
            Destination = CopyPlanner.Folder(destination),
            Filter = _options.ReadFilter(context),
            Options = _options.Read(context) with { Comparison = Choice.Parse<TransferComparison>(context.Get(_compare)!) },
        };
        return TransferRunner.RunAsync(context, [Complete(context, request)], _options, cancellationToken);
    }

    /// <summary>Sets the mode and what only this command has.</summary>
    protected abstract TransferRequest Complete(CommandContext context, TransferRequest request);
}
