namespace SkyCompat.Transfer;

/// <summary>The settings of all transfers of an application; <c>SkyCompat:Transfer</c>.</summary>
public sealed class TransferSettings
{
    /// <summary>The most objects and parts in flight at a time in one transfer, 1 to 1,024.</summary>
    /// <value>Default: 256.</value>
    public int MaxConcurrency { get; set; } = 256;

    /// <summary>A file of prices that is used instead of the built-in table; the docs, page "Transfer", show its form.</summary>
    /// <value>Default: null, the built-in table.</value>
    public string? PricesPath { get; set; }
}
