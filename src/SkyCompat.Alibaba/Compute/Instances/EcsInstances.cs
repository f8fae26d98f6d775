using System.Text;
using SkyCompat.Compute;
using SkyCompat.Drivers;

namespace SkyCompat.Alibaba;

/// <summary>Finds, lists, reads and acts on instances.</summary>
internal sealed class EcsInstances(EcsContext context)
{
    private const int PageSize = 100;

    /// <summary>How many tags a list can be asked for.</summary>
    private const int MaxTagFilters = 20;

    /// <summary>How long what changes mostly takes to be ready.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public async Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var ecs = context.Parse(id);
        var call = RpcCall.Ecs("DescribeInstances", ecs.Region).WithRegion().With("InstanceIds", ecs.ToJsonArray());
        try
        {
            var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsInstanceReply, cancellationToken).ConfigureAwait(false);
            return reply.Instances?.Instance is [var found, ..] ? Read(found, ecs.Region) : null;
        }
        catch (CloudException exception) when (exception.Reason == ComputeErrorReasons.InstanceNotFound)
        {
            return null;
        }
    }

    public async Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        var page = RegionPage.Parse(pageToken);
        var region = query.Regions[page.Index];
        var call = RpcCall.Ecs("DescribeInstances", region).WithRegion().With("MaxResults", PageSize).With("NextToken", page.Token).WithTags(query.Tags.Take(MaxTagFilters));
        if (query.Tags.Count == 0 && !query.IncludeForeign)
        {
            call.WithTagKey(ComputeTags.Owner);
        }

        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsInstanceReply, cancellationToken).ConfigureAwait(false);
        return new DriverPage<Instance>([.. (reply.Instances?.Instance ?? []).Select(instance => Read(instance, region))], page.Next(reply.NextToken, query.Regions.Count));
    }

    public async Task ActAsync(string id, InstanceAction action, CancellationToken cancellationToken)
    {
        var ecs = context.Parse(id);
        if (action == InstanceAction.Terminate)
        {
            await TerminateAsync(ecs, cancellationToken).ConfigureAwait(false);
            return;
        }

        var call = action switch
        {
            InstanceAction.Start => RpcCall.Ecs("StartInstance", ecs.Region),
            InstanceAction.Stop => RpcCall.Ecs("StopInstance", ecs.Region).With("StoppedMode", "StopCharging"),
            InstanceAction.StopKeepAllocated => RpcCall.Ecs("StopInstance", ecs.Region).With("StoppedMode", "KeepCharging"),
            InstanceAction.Reboot => RpcCall.Ecs("RebootInstance", ecs.Region),
            _ => throw new CloudException(CloudErrorCode.Unsupported, $"ECS cannot {action} instances."),
        };
        await context.Rpc.SendAsync(call.With("InstanceId", ecs.Id), cancellationToken).ConfigureAwait(false);
    }

    public async Task<string> GetConsoleOutputAsync(string id, CancellationToken cancellationToken)
    {
        var ecs = context.Parse(id);
        var call = RpcCall.Ecs("GetInstanceConsoleOutput", ecs.Region).WithRegion().With("InstanceId", ecs.Id).With("RemoveSymbols", "true");
        var reply = await context.Rpc.SendAsync(call, ComputeJson.Default.EcsConsoleReply, cancellationToken).ConfigureAwait(false);
        return reply.ConsoleOutput is { Length: > 0 } text ? Encoding.UTF8.GetString(Convert.FromBase64String(text)) : "";
    }

    private async Task TerminateAsync(EcsId ecs, CancellationToken cancellationToken)
    {
        try
        {
            await context.Rpc.SendAsync(RpcCall.Ecs("DeleteInstance", ecs.Region).With("InstanceId", ecs.Id).With("Force", "true"), cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException exception) when (exception.Reason == ComputeErrorReasons.InstanceNotFound)
        {
            // It is gone already.
        }
        catch (CloudException exception) when (exception.Reason == ComputeErrorReasons.WrongState)
        {
            throw Transients.Of(exception, "The instance is between two states; running and stopped ones can be deleted.", Settling);
        }
    }

    private Instance Read(EcsInstance instance, string region) => new()
    {
        Id = context.Format(region, instance.InstanceId),
        Name = string.IsNullOrEmpty(instance.InstanceName) ? null : instance.InstanceName,
        Location = new CloudLocation(region, instance.ZoneId),
        Phase = EcsStates.PhaseOf(instance.Status),
        RawState = instance.Status == "Stopped" && instance.StoppedMode is { Length: > 0 } mode ? $"Stopped ({mode})" : instance.Status,
        ComputeBilled = EcsStates.IsBilled(instance),
        Preempted = EcsStates.IsPreempted(instance),
        StateReason = EcsStates.ReasonOf(instance),
        InstanceType = instance.InstanceType,
        Market = instance.SpotStrategy is null or "" or "NoSpot" ? Market.OnDemand : Market.Spot,
        PrivateAddresses = instance.VpcAttributes?.PrivateIpAddress?.IpAddress ?? [],
        PublicAddresses = [.. (instance.PublicIpAddress?.IpAddress ?? []).Append(instance.EipAddress?.IpAddress).OfType<string>().Where(address => address.Length > 0)],
        Tags = EcsTags.Read(instance.Tags),
        CreatedAt = EcsContext.ReadTime(instance.CreationTime),
    };
}
