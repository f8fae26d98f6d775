using SkyCompat.Transfer;

namespace SkyCompat;

/// <summary>The settings of SkyCompat; the section <c>SkyCompat</c>.</summary>
public sealed class SkyCompatOptions
{
    /// <summary>The cloud used where none is named.</summary>
    /// <value>Default: the only cloud, if there is one; required otherwise.</value>
    public string? DefaultCloud { get; set; }

    /// <summary>How many bytes all buffers of the process may take together, from 16 MiB: parts of uploads and ranges that are read ahead.</summary>
    /// <value>Default: 268,435,456 (256 MiB).</value>
    public long BufferBudgetBytes { get; set; } = 256L << 20;

    /// <summary>The settings of transfers.</summary>
    public TransferSettings Transfer { get; set; } = new();

    /// <summary>The settings of compute on all clouds.</summary>
    public ComputeSettings Compute { get; set; } = new();

    /// <summary>The clouds by name.</summary>
    public IDictionary<string, CloudOptions> Clouds { get; } = new Dictionary<string, CloudOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The logical buckets by name.</summary>
    public IDictionary<string, LogicalBucketOptions> Buckets { get; } = new Dictionary<string, LogicalBucketOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The logical clusters by name.</summary>
    public IDictionary<string, LogicalClusterOptions> Clusters { get; } = new Dictionary<string, LogicalClusterOptions>(StringComparer.OrdinalIgnoreCase);
}
