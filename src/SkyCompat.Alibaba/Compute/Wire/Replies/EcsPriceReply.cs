namespace SkyCompat.Alibaba;

/// <summary>What something costs.</summary>
internal sealed record EcsPriceReply
{
    public Info? PriceInfo { get; init; }

    /// <summary>The price.</summary>
    internal sealed record Info
    {
        public EcsPrice? Price { get; init; }
    }
}
