using System.Globalization;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Google;

/// <summary>Writes a launch as Compute Engine wants it.</summary>
internal static class GceLaunchBody
{
    public static GceInstance Create(LaunchRequest request, string zone)
    {
        var (spec, offer) = (request.Spec, request.Offer);
        var labels = new Dictionary<string, string>(request.Tags, StringComparer.Ordinal);
        return new GceInstance
        {
            Name = request.Names[0],
            MachineType = $"zones/{zone}/machineTypes/{offer.InstanceType}",
            Labels = labels,
            Disks =
            [
                new GceAttachedDisk
                {
                    Boot = true,
                    AutoDelete = true,
                    InitializeParams = new GceDiskParameters
                    {
                        SourceImage = request.Image.Id,
                        DiskSizeGb = spec.BootDiskGiB?.ToString(CultureInfo.InvariantCulture),
                        DiskType = $"zones/{zone}/diskTypes/{GceFamilies.DiskTypeOf(offer.InstanceType)}",
                        Labels = labels,
                    },
                },
            ],
            NetworkInterfaces = [Interface(request)],
            Metadata = Metadata(spec),
            Scheduling = Scheduling(spec, offer),
            Tags = request.FirewallGroupId is { } group ? new GceTags { Items = [group] } : null,
        };
    }

    private static GceInterface Interface(LaunchRequest request) => new()
    {
        Network = request.Prepared.GetValueOrDefault(GceNetworks.NetworkKey),
        Subnetwork = request.Prepared.GetValueOrDefault(GceNetworks.SubnetworkKey),
        AccessConfigs = request.Spec.PublicAddress ? [GceAddresses.Access(null)] : null,
    };

    private static GceMetadata? Metadata(LaunchSpec spec)
    {
        var items = new List<GceMetadataItem>();
        if (spec.SshPublicKey is { } key)
        {
            items.Add(new GceMetadataItem { Key = "ssh-keys", Value = $"{spec.AdminUser}:{key.Trim()}" });
        }

        if (spec.UserData is { } data)
        {
            items.Add(GceUserData.Item(data));
        }

        return items.Count == 0 ? null : new GceMetadata { Items = items };
    }

    private static GceScheduling? Scheduling(LaunchSpec spec, Offer offer) => offer.Market switch
    {
        Market.Spot => new GceScheduling
        {
            ProvisioningModel = "SPOT",
            InstanceTerminationAction = spec.SpotInterruption == SpotInterruption.Stop ? "STOP" : "DELETE",
            OnHostMaintenance = "TERMINATE",
            AutomaticRestart = false,
        },

        // What has graphics processors cannot be moved while it runs.
        _ when offer.Shape.Gpus > 0 => new GceScheduling { OnHostMaintenance = "TERMINATE" },
        _ => null,
    };
}
