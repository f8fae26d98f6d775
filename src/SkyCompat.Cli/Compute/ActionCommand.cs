namespace SkyCompat.Cli.Compute;

/// <summary>A command that does one thing to instances and waits until it is done.</summary>
internal abstract class ActionCommand : SkycCommand
{
    private readonly Argument<string[]> _names = InstanceArguments.Many();
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Do not wait until it is done." };

    protected ActionCommand(string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        Add(_names);
        Add(_noWait);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var targets = context.Get(_names)!.Select(name => InstanceArguments.Resolve(context, name)).ToList();
        if (!Confirm(context, targets.Count))
        {
            context.Output.Note("Nothing was done.");
            return ExitCode.Failed;
        }

        // All are asked before any is waited for: what takes a minute takes one for all.
        var operations = new List<(string Id, IComputeOperation Operation)>();
        foreach (var (compute, id) in targets)
        {
            operations.Add((id, await compute.ActAsync(id, ActionOf(context), cancellationToken)));
        }

        foreach (var (id, operation) in operations)
        {
            if (context.Get(_noWait))
            {
                context.Output.Note($"{id}: asked.");
                continue;
            }

            var instance = (await operation.WaitAsync(null, cancellationToken)).Single();
            if (context.Output.IsJson)
            {
                context.Output.Json(InstanceText.ToJson(instance));
            }

            context.Output.Note($"{id}: {Choice.Word(instance.Phase)}{(instance.ComputeBilled ? ", billed" : "")}.");
        }

        return ExitCode.Done;
    }

    protected abstract InstanceAction ActionOf(CommandContext context);

    protected virtual bool Confirm(CommandContext context, int count) => true;
}
