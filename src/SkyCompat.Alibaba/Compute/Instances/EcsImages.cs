using SkyCompat.Compute;

namespace SkyCompat.Alibaba;

/// <summary>Finds images. Ubuntu's are found by ECS's image families; Debian's families name the point release, so they are found by the names of system images.</summary>
internal sealed class EcsImages(EcsContext context)
{
    private const int PageSize = 100;

    private static readonly Dictionary<string, EcsImageFamily> Known = new(StringComparer.Ordinal)
    {
        ["ubuntu-24.04"] = new("ubuntu_24_04", HasFamily: true),
        ["ubuntu-22.04"] = new("ubuntu_22_04", HasFamily: true),
        ["debian-12"] = new("debian_12", HasFamily: false),
        ["alibaba-linux-3"] = new("alibaba_cloud_linux_3_2104_lts", HasFamily: true),
    };

    public static IReadOnlyCollection<string> Families { get; } = [.. Known.Keys.Order(StringComparer.Ordinal)];

    public async Task<MachineImage?> TryFindAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken)
    {
        var call = RpcCall.Ecs("DescribeImages", region).WithRegion().With("Status", "Available").With("PageSize", PageSize);
        EcsImageFamily? family = null;
        if (image.Family is { } name)
        {
            if (!Known.TryGetValue(name, out family))
            {
                return null;
            }

            call.With("ImageOwnerAlias", "system").With("Architecture", ArchitectureName(architecture));
            call.With(family.HasFamily ? "ImageFamily" : "ImageName", family.HasFamily ? $"acs:{family.Stem}_{ShortName(architecture)}" : $"{family.Stem}_*");
        }
        else
        {
            call.With("ImageId", image.Id);
        }

        try
        {
            var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsImageReply, cancellationToken).ConfigureAwait(false);
            var found = (reply.Images?.Image ?? [])
                .Where(candidate => family is not { HasFamily: false } || (candidate.ImageName?.StartsWith(family.Stem + "_", StringComparison.Ordinal) == true && ArchitectureOf(candidate) == architecture))
                .MaxBy(candidate => candidate.CreationTime, StringComparer.Ordinal);
            return found is null ? null : new MachineImage(found.ImageId)
            {
                Family = image.Family,
                Name = found.ImageName,
                Architecture = ArchitectureOf(found),
                CreatedAt = EcsContext.ReadTime(found.CreationTime),
            };
        }
        catch (CloudException exception) when (exception.Reason == ComputeErrorReasons.ImageNotFound)
        {
            return null;
        }
    }

    private static CpuArchitecture ArchitectureOf(EcsImage image) => image.Architecture == "arm64" ? CpuArchitecture.Arm64 : CpuArchitecture.X64;

    private static string ArchitectureName(CpuArchitecture architecture) => architecture == CpuArchitecture.Arm64 ? "arm64" : "x86_64";

    private static string ShortName(CpuArchitecture architecture) => architecture == CpuArchitecture.Arm64 ? "arm64" : "x64";
}
