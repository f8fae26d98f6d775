namespace SkyCompat.Cli.Clusters;

/// <summary><c>skyc clusters kubeconfig</c></summary>
internal sealed class KubeconfigCommand : SkycCommand
{
    private readonly Argument<string> _cluster = ClusterArguments.One();

    public KubeconfigCommand()
        : base("kubeconfig", "Prints a kubeconfig with a credential as it is now; it ends, on EKS after 15 minutes. It is a secret.", "clusters kubeconfig gcp:prod > prod.yaml") => Add(_cluster);

    public override async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var text = await ClusterArguments.Open(context, context.Get(_cluster)!).ExportKubeconfigAsync(cancellationToken);
        if (context.Output.IsJson)
        {
            context.Output.Json(new JsonObject { ["type"] = "kubeconfig", ["text"] = text });
        }
        else
        {
            context.Output.Line(text.TrimEnd());
        }

        return ExitCode.Done;
    }
}
