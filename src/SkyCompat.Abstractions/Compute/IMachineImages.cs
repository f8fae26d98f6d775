namespace SkyCompat.Compute;

/// <summary>Finds images.</summary>
public interface IMachineImages
{
    /// <summary>The families this cloud can translate, ordered.</summary>
    IReadOnlyCollection<string> Families { get; }

    /// <summary>Finds the newest image of a family, or one by its id.</summary>
    /// <param name="image">Which.</param>
    /// <param name="architecture">The instruction set.</param>
    /// <param name="region">The region; null for the cloud's own.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The image; null if there is none.</returns>
    Task<MachineImage?> TryFindAsync(ImageReference image, CpuArchitecture architecture = CpuArchitecture.X64, string? region = null, CancellationToken cancellationToken = default);
}
