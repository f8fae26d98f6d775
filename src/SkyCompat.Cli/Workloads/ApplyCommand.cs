using SkyCompat.Workloads;

namespace SkyCompat.Cli.Workloads;

/// <summary><c>skyc apply</c></summary>
internal sealed class ApplyCommand : SkycCommand
{
    private readonly Argument<string[]> _files = new("FILE…") { Description = "Manifests in YAML or JSON; - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<bool> _force = new("--force") { Description = "Take over fields that others set." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Ask the cluster what would be, and change nothing." };
    private readonly ClusterOptions _cluster = new();

    public ApplyCommand()
        : base("apply", "Makes objects of a cluster what manifests say; what is so already is not changed.", "apply shop.yaml --cluster prod", "apply --dry-run --cluster gcp:prod-1 -n shop *.yaml")
    {
        Add(_files);
        Add(_force);
        Add(_dryRun);
        _cluster.AddTo(this);
    }

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var workloads = _cluster.Open(context);
        var options = new ApplyOptions { Force = context.Get(_force), DryRun = context.Get(_dryRun) };
        foreach (var file in context.Get(_files)!)
        {
            var result = await workloads.ApplyManifestAsync(await ReadAsync(context, file, cancellationToken), options, cancellationToken);
            foreach (var item in result.Objects)
            {
                Print(context, item);
            }
        }

        return ExitCode.Done;
    }

    private static async Task<string> ReadAsync(CommandContext context, string file, CancellationToken cancellationToken)
    {
        if (file == "-")
        {
            using var reader = new StreamReader(context.Environment.OpenInput());
            return await reader.ReadToEndAsync(cancellationToken);
        }

        var path = Path.Combine(context.Environment.Folder, file);
        return File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : throw new UsageException($"There is no file '{file}'.");
    }

    private static void Print(CommandContext context, AppliedObject item)
    {
        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject
            {
                ["type"] = "applied",
                ["apiVersion"] = item.ApiVersion,
                ["kind"] = item.Kind,
                ["namespace"] = item.Namespace,
                ["name"] = item.Name,
                ["outcome"] = Choice.Name(item.Outcome),
                ["resourceVersion"] = item.ResourceVersion,
            });
        }
        else
        {
            context.Output.Line($"{Choice.Word(item.Outcome)} {item.Kind} {(item.Namespace is null ? "" : item.Namespace + "/")}{item.Name}");
        }
    }
}
