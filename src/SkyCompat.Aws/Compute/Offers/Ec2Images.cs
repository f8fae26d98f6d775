using System.Globalization;
using Amazon.EC2;
using Amazon.EC2.Model;
using ImageReference = SkyCompat.Compute.ImageReference;

namespace SkyCompat.Aws;

/// <summary>Finds images: by the publisher and the pattern of the name, never all, which takes minutes.</summary>
internal sealed class Ec2Images(Ec2Calls calls)
{
    private const string Canonical = "099720109477";
    private const string Debian = "136693071363";
    private const int PageSize = 1000;

    private static readonly Dictionary<string, (string Owner, string Name)> Families = new(StringComparer.OrdinalIgnoreCase)
    {
        ["amazon-linux-2023"] = ("amazon", "al2023-ami-2023.*-kernel-*-{rpm}"),
        ["debian-12"] = (Debian, "debian-12-{deb}-*"),
        ["debian-13"] = (Debian, "debian-13-{deb}-*"),
        ["ubuntu-22.04"] = (Canonical, "ubuntu/images/hvm-ssd*/ubuntu-jammy-22.04-{deb}-server-*"),
        ["ubuntu-24.04"] = (Canonical, "ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-{deb}-server-*"),
    };

    public static IReadOnlyCollection<string> FamilyNames => Families.Keys;

    public Task<MachineImage?> TryFindAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken) =>
        image.Id is { } id ? TryFindByIdAsync(id, region, cancellationToken) : TryFindByFamilyAsync(image.Family!, architecture, region, cancellationToken);

    /// <summary>The name of the boot disk, which a launch that changes the disk must know.</summary>
    public async Task<string> FindRootDeviceAsync(string id, string region, CancellationToken cancellationToken)
    {
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeImagesAsync(ById(id), cancellationToken), cancellationToken).ConfigureAwait(false);
        return reply.Images is [{ RootDeviceName: { Length: > 0 } root }, ..] ? root : "/dev/sda1";
    }

    private static DescribeImagesRequest ById(string id) => new() { ImageIds = [id] };

    private async Task<MachineImage?> TryFindByIdAsync(string id, string region, CancellationToken cancellationToken)
    {
        var reply = await calls.TrySendAsync(region, Ec2Intent.Read, client => client.DescribeImagesAsync(ById(id), cancellationToken), ["InvalidAMIID.*"], cancellationToken).ConfigureAwait(false);
        return reply?.Images is [var found, ..] ? Map(found, family: null) : null;
    }

    private async Task<MachineImage?> TryFindByFamilyAsync(string family, CpuArchitecture architecture, string region, CancellationToken cancellationToken)
    {
        if (!Families.TryGetValue(family, out var source))
        {
            return null;
        }

        var name = source.Name
            .Replace("{deb}", architecture == CpuArchitecture.Arm64 ? "arm64" : "amd64", StringComparison.Ordinal)
            .Replace("{rpm}", architecture == CpuArchitecture.Arm64 ? "arm64" : "x86_64", StringComparison.Ordinal);
        Image? newest = null;
        string? token = null;
        do
        {
            var request = new DescribeImagesRequest
            {
                Owners = [source.Owner],
                Filters =
                [
                    Ec2Tags.Filter("name", name),
                    Ec2Tags.Filter("architecture", architecture == CpuArchitecture.Arm64 ? "arm64" : "x86_64"),
                    Ec2Tags.Filter("state", "available"),
                    Ec2Tags.Filter("root-device-type", "ebs"),
                    Ec2Tags.Filter("virtualization-type", "hvm"),
                ],
                MaxResults = PageSize,
                NextToken = token,
            };
            var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeImagesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var image in reply.Images ?? [])
            {
                // Times in one fixed form, so their order is that of their text.
                newest = newest is null || string.CompareOrdinal(image.CreationDate, newest.CreationDate) > 0 ? image : newest;
            }

            token = reply.NextToken;
        }
        while (!string.IsNullOrEmpty(token));
        return newest is null ? null : Map(newest, family);
    }

    private static MachineImage Map(Image image, string? family) => new(image.ImageId)
    {
        Family = family,
        Name = string.IsNullOrEmpty(image.Name) ? null : image.Name,
        Architecture = image.Architecture == ArchitectureValues.Arm64 ? CpuArchitecture.Arm64 : CpuArchitecture.X64,
        CreatedAt = DateTimeOffset.TryParse(image.CreationDate, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var created) ? created : null,
    };
}
