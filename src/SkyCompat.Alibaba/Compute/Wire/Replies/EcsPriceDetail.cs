namespace SkyCompat.Alibaba;

/// <summary>A part of a price.</summary>
internal sealed record EcsPriceDetail
{
    public string? Resource { get; init; }

    public decimal? TradePrice { get; init; }
}
