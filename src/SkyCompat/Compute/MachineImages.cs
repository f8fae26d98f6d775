namespace SkyCompat.Compute;

/// <summary>Images, by the engine.</summary>
internal sealed class MachineImages(ComputeCalls calls) : IMachineImages
{
    public IReadOnlyCollection<string> Families { get; } = [.. calls.Driver.ImageFamilies.Order(StringComparer.Ordinal)];

    public Task<MachineImage?> TryFindAsync(ImageReference image, CpuArchitecture architecture = CpuArchitecture.X64, string? region = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var resource = image.ToString();
        return calls.TraceAsync(
            "FindImage", resource, traced => calls.SendAsync("FindImage", resource, (driver, token) => driver.TryFindImageAsync(image, architecture, region ?? driver.Region, token), traced), cancellationToken);
    }
}
