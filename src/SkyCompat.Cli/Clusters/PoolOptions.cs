namespace SkyCompat.Cli.Clusters;

/// <summary>How a node pool shall be: the options of <c>create</c> and <c>scale</c>.</summary>
internal sealed class PoolOptions
{
    private readonly Option<string> _pool = new("--pool") { Description = "The name of the pool.", HelpName = "NAME", DefaultValueFactory = _ => "main" };
    private readonly Option<int> _count = new("--nodes") { Description = "How many nodes.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _scale = new("--autoscale") { Description = "Between which numbers of nodes the pool scales by itself.", HelpName = "MIN-MAX" };
    private readonly Option<int> _cpus = new("--vcpus") { Description = "The fewest virtual processors of a node.", HelpName = "N", DefaultValueFactory = _ => 2 };
    private readonly Option<double> _memory = new("--memory") { Description = "The least memory of a node, in GiB.", HelpName = "GIB", DefaultValueFactory = _ => 4 };
    private readonly Option<string?> _type = new("--type") { Description = "One exact instance type of the provider.", HelpName = "TYPE" };
    private readonly Option<bool> _spot = new("--spot") { Description = "Take nodes of the spot market." };
    private readonly Option<string[]> _labels = new("--label") { Description = "A label of the nodes, as NAME=VALUE; may be repeated.", HelpName = "NAME=VALUE" };
    private readonly Option<string[]> _taints = new("--taint") { Description = "A taint of the nodes, as NAME=VALUE:EFFECT; may be repeated.", HelpName = "NAME=VALUE:EFFECT" };
    private readonly Option<int?> _disk = new("--disk") { Description = "The size of a node's boot disk, in GiB.", HelpName = "GIB" };

    public PoolOptions(Command command)
    {
        NumberRule.Require(_count, 0);
        NumberRule.Require(_cpus, 1);
        foreach (var option in (Option[])[_pool, _count, _scale, _cpus, _memory, _type, _spot, _labels, _taints, _disk])
        {
            command.Add(option);
        }
    }

    public string Name(CommandContext context) => context.Get(_pool)!;

    public NodePoolSpec Read(CommandContext context)
    {
        var range = context.Get(_scale) is { } text ? ReadRange(text) : null;
        var count = context.Get(_count);
        return new NodePoolSpec(Name(context))
        {
            Need = new MachineNeed { MinVCpus = context.Get(_cpus), MinMemoryGiB = context.Get(_memory), InstanceType = context.Get(_type), Markets = [context.Get(_spot) ? Market.Spot : Market.OnDemand] },
            Count = range is null ? count : Math.Clamp(count, range.Min, range.Max),
            Autoscale = range,
            Labels = (context.Get(_labels) ?? []).Select(ReadLabel).ToDictionary(StringComparer.Ordinal),
            Taints = [.. (context.Get(_taints) ?? []).Select(ReadTaint)],
            DiskGiB = context.Get(_disk),
        };
    }

    private static NodeRange ReadRange(string text) =>
        text.Split('-') is [var min, var max] && int.TryParse(min, NumberStyles.None, CultureInfo.InvariantCulture, out var from) && int.TryParse(max, NumberStyles.None, CultureInfo.InvariantCulture, out var to) && to >= from
            ? new NodeRange(from, to)
            : throw new UsageException($"--autoscale '{text}' is not MIN-MAX, such as 1-5.");

    private static KeyValuePair<string, string> ReadLabel(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? KeyValuePair.Create(text[..equals], text[(equals + 1)..]) : throw new UsageException($"--label '{text}' is not NAME=VALUE.");
    }

    private static NodeTaint ReadTaint(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !Enum.TryParse<TaintEffect>(text[(colon + 1)..], ignoreCase: true, out var effect))
        {
            throw new UsageException($"--taint '{text}' is not NAME=VALUE:EFFECT with {string.Join(", ", Enum.GetNames<TaintEffect>())}.");
        }

        var pair = text[..colon];
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? new NodeTaint(pair, "", effect) : new NodeTaint(pair[..equals], pair[(equals + 1)..], effect);
    }
}
