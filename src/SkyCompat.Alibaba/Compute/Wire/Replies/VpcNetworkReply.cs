namespace SkyCompat.Alibaba;

/// <summary>A page of networks.</summary>
internal sealed record VpcNetworkReply
{
    public VpcItems? Vpcs { get; init; }

    public double TotalCount { get; init; }

    /// <summary>The list.</summary>
    internal sealed record VpcItems
    {
        public List<VpcNetwork>? Vpc { get; init; }
    }
}
