namespace SkyCompat.Transfer.Pricing;

/// <summary>What a GiB costs on its way from one place to another.</summary>
/// <param name="From">The source as <c>Provider/region</c>; a star at the end fits any rest.</param>
/// <param name="To">The destination in the same form; <c>=</c> stands for the source's own region, <c>*</c> for anywhere, the internet included.</param>
/// <param name="PerGiB">US dollars per GiB.</param>
internal sealed record EgressPrice(string From, string To, decimal PerGiB);
