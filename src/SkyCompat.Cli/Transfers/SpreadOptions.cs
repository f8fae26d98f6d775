namespace SkyCompat.Cli.Transfers;

/// <summary>The options that spread a transfer over a cluster.</summary>
internal sealed class SpreadOptions
{
    private const string ImageVariable = "SKYC_IMAGE";

    private readonly Option<string?> _cluster = new("--on-cluster") { Description = "Have workers on this cluster copy, a logical cluster of the configuration or cloud:name; both sides must be on clouds.", HelpName = "CLUSTER" };
    private readonly Option<string?> _namespace = new("--namespace") { Description = "The namespace of the workers. Default: the cluster's.", HelpName = "NAMESPACE" };
    private readonly Option<int> _workers = new("--workers") { Description = "How many workers run at a time, each in a pod.", HelpName = "N", DefaultValueFactory = _ => 4 };
    private readonly Option<string?> _image = new("--image") { Description = $"The container image of skyc, of this version. Default: the variable {ImageVariable}.", HelpName = "IMAGE" };
    private readonly Option<int> _shardObjects = new("--shard-objects") { Description = "How many objects a worker takes on at a time.", HelpName = "N", DefaultValueFactory = _ => 10_000 };
    private readonly Option<string?> _sourceEndpoint = new("--source-endpoint") { Description = "The address of the source's store, as the cluster sees it. Default: as configured.", HelpName = "URL" };
    private readonly Option<string?> _destinationEndpoint = new("--destination-endpoint") { Description = "The address of the destination's store, as the cluster sees it. Default: as configured.", HelpName = "URL" };

    public SpreadOptions()
    {
        NumberRule.Require(_workers, 1, 1_000);
        NumberRule.Require(_shardObjects, 1, 1_000_000);
    }

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_cluster, _namespace, _workers, _image, _shardObjects, _sourceEndpoint, _destinationEndpoint])
        {
            command.Add(option);
        }
    }

    /// <summary>How the transfers are spread; null if this machine carries them out.</summary>
    public ClusterTransferOptions? Read(CommandContext context, IReadOnlyList<TransferRequest> requests)
    {
        if (context.Get(_cluster) is not { } cluster)
        {
            return null;
        }

        if (requests.SelectMany(static request => (TransferLocation[])[request.Source, request.Destination]).FirstOrDefault(static side => side.Bucket is null) is { } side)
        {
            throw new UsageException($"--on-cluster copies between two buckets, and '{side}' is on this machine.");
        }

        return new ClusterTransferOptions
        {
            // What only the command line decides comes before a cluster is looked for.
            Image = context.Get(_image) ?? context.Environment.Variable(ImageVariable) ?? throw new UsageException($"--on-cluster needs the image of the workers: pass --image, or set {ImageVariable}."),
            Workloads = ClusterOptions.Open(context, cluster, context.Get(_namespace)),
            Workers = context.Get(_workers),
            ShardObjects = context.Get(_shardObjects),
            SourceEndpoint = ReadUrl(context, _sourceEndpoint),
            DestinationEndpoint = ReadUrl(context, _destinationEndpoint),
        };
    }

    private static Uri? ReadUrl(CommandContext context, Option<string?> option) =>
        context.Get(option) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url
        : throw new UsageException($"{option.Name}: '{text}' is not an absolute http or https URL.");
}
