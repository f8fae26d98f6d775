using SkyCompat.Contracts;
using SkyCompat.Drivers;

namespace SkyCompat.Compute.Tests.Coverage;

/// <summary>A cloud whose driver is asked for everything it can do.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="Contracts">What the checks of its requests saw.</param>
/// <param name="Offer">Something that it can launch.</param>
/// <param name="Image">An image that it has.</param>
/// <param name="Host">What ends it.</param>
internal sealed record CoverageCloud(ComputeDriver Driver, ContractLog Contracts, Offer Offer, ImageReference Image, IAsyncDisposable Host) : IAsyncDisposable
{
    /// <summary>The size of the boot disk, for providers that hibernate onto it; null for the image's.</summary>
    public int? BootDiskGiB { get; init; }

    /// <summary>One of each kind of what launches leave behind; need not be there.</summary>
    public IReadOnlyList<OwnedResource> Leftovers { get; init; } = [];

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
