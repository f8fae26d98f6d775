using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Decides whether a machine is made able to hibernate: Azure refuses to make it if size, image or disk do not allow that, so it is asked only where all three do.</summary>
internal sealed class Hibernation(MachineSizes sizes, PlatformImages images)
{
    /// <summary>The entry of <see cref="LaunchRequest.Prepared"/> that says so.</summary>
    public const string Prepared = "hibernation";

    // What the system itself takes of the boot disk, which holds the memory too.
    private const double SystemGiB = 30;

    public async Task<bool> IsPossibleAsync(LaunchRequest request, string region, CancellationToken cancellationToken)
    {
        if (request.Spec.BootDiskGiB is not { } disk || disk < request.Offer.Shape.MemoryGiB + SystemGiB)
        {
            return false;
        }

        var sold = await sizes.ListAsync(region, cancellationToken).ConfigureAwait(false);
        return sold.Any(size => size.CanHibernate && size.Name.Equals(request.Offer.InstanceType, StringComparison.OrdinalIgnoreCase)) &&
            await images.CanHibernateAsync(request.Image.Id, region, cancellationToken).ConfigureAwait(false);
    }
}
