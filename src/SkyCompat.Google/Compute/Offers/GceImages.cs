using SkyCompat.Compute;

namespace SkyCompat.Google;

/// <summary>Finds images: those that distributions publish in projects of their own, and any by its address.</summary>
internal sealed class GceImages(GceClient client)
{
    // Project, family for x86-64, family for ARM.
    private static readonly Dictionary<string, (string Project, string X64, string Arm64)> Known = new(StringComparer.Ordinal)
    {
        ["ubuntu-24.04"] = ("ubuntu-os-cloud", "ubuntu-2404-lts-amd64", "ubuntu-2404-lts-arm64"),
        ["ubuntu-22.04"] = ("ubuntu-os-cloud", "ubuntu-2204-lts", "ubuntu-2204-lts-arm64"),
        ["debian-12"] = ("debian-cloud", "debian-12", "debian-12-arm64"),
        ["debian-13"] = ("debian-cloud", "debian-13", "debian-13-arm64"),
        ["rocky-9"] = ("rocky-linux-cloud", "rocky-linux-9", "rocky-linux-9-arm64"),
    };

    public static IReadOnlyCollection<string> Families => Known.Keys;

    public async Task<MachineImage?> TryFindAsync(ImageReference image, CpuArchitecture architecture, CancellationToken cancellationToken)
    {
        if (PathOf(image, architecture) is not { } path || await client.TryGetAnywhereAsync("projects/" + path, GceJson.Default.GceImage, GceSubject.Image, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        var project = path[..path.IndexOf('/', StringComparison.Ordinal)];
        return new MachineImage($"projects/{project}/global/images/{found.Name}")
        {
            Family = image.Family,
            Name = found.Name,
            Architecture = found.Architecture switch
            {
                "ARM64" => CpuArchitecture.Arm64,
                "X86_64" => CpuArchitecture.X64,
                _ => architecture,
            },
            CreatedAt = GceTimes.TryParse(found.CreationTimestamp),
        };
    }

    /// <summary>Where an image is, from its project on; null if there can be none.</summary>
    private string? PathOf(ImageReference image, CpuArchitecture architecture)
    {
        if (image.Family is { } family)
        {
            return Known.TryGetValue(family, out var known) ? $"{known.Project}/global/images/family/{(architecture == CpuArchitecture.Arm64 ? known.Arm64 : known.X64)}" : null;
        }

        // A whole address, one from its project on, or the name of one of the project's own.
        var id = image.Id!;
        var start = id.IndexOf("projects/", StringComparison.Ordinal);
        return (start < 0 ? id : id[(start + "projects/".Length)..]).Split('/') switch
        {
            [var name] when GceNames.IsName(name) => $"{client.Context.ProjectId}/global/images/{name}",
            ["global", "images", var name] when GceNames.IsName(name) => $"{client.Context.ProjectId}/global/images/{name}",
            [var project, "global", "images", var name] when IsProject(project) && GceNames.IsName(name) => $"{project}/global/images/{name}",
            [var project, "global", "images", "family", var name] when IsProject(project) && GceNames.IsName(name) => $"{project}/global/images/family/{name}",
            _ => null,
        };
    }

    private static bool IsProject(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':');
}
