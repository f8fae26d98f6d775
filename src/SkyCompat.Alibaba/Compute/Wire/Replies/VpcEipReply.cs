namespace SkyCompat.Alibaba;

/// <summary>A page of elastic addresses.</summary>
internal sealed record VpcEipReply
{
    public EipItems? EipAddresses { get; init; }

    public double TotalCount { get; init; }

    /// <summary>The list.</summary>
    internal sealed record EipItems
    {
        public List<VpcEip>? EipAddress { get; init; }
    }
}
