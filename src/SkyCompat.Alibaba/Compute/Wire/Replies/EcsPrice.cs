namespace SkyCompat.Alibaba;

/// <summary>A price and its parts.</summary>
internal sealed record EcsPrice
{
    public string? Currency { get; init; }

    public decimal? TradePrice { get; init; }

    public DetailItems? DetailInfos { get; init; }

    /// <summary>The list.</summary>
    internal sealed record DetailItems
    {
        public List<EcsPriceDetail>? DetailInfo { get; init; }
    }
}
