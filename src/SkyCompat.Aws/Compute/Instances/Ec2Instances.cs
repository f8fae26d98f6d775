using System.Text;
using Amazon.EC2;
using Amazon.EC2.Model;
using Instance = SkyCompat.Compute.Instance;

namespace SkyCompat.Aws;

/// <summary>Looks instances up and acts on them.</summary>
internal sealed class Ec2Instances(Ec2Calls calls)
{
    private const int PageSize = 1000;

    private static readonly string[] NoInstance = ["InvalidInstanceID.*", "InvalidInstanceId*"];

    public async Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        if (await TryDescribeAsync(region, value, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        var instance = Ec2InstanceMapper.Map(found, region, calls.HomeRegion);
        return instance.Phase == InstancePhase.Running && await IsImpairedAsync(region, value, cancellationToken).ConfigureAwait(false)
            ? instance with { Phase = InstancePhase.Repairing }
            : instance;
    }

    public async Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken)
    {
        var page = Ec2Page.Parse(pageToken, query.Regions);
        var filters = query.Tags.Select(tag => Ec2Tags.FilterTag(tag.Key, tag.Value)).ToList();
        if (!query.IncludeForeign && !query.Tags.ContainsKey(ComputeTags.Owner))
        {
            filters.Add(Ec2Tags.FilterOwned());
        }

        var request = new DescribeInstancesRequest { Filters = filters, MaxResults = PageSize, NextToken = page.Token };
        var reply = await calls.SendAsync(page.Region, Ec2Intent.Read, client => client.DescribeInstancesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        var instances = (reply.Reservations ?? []).SelectMany(reservation => reservation.Instances ?? []);
        return new DriverPage<Instance>([.. instances.Select(instance => Ec2InstanceMapper.Map(instance, page.Region, calls.HomeRegion))], page.After(reply.NextToken, query.Regions));
    }

    public async Task ActAsync(string id, InstanceAction action, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);
        switch (action)
        {
            case InstanceAction.Start:
                await calls.SendAsync(region, Ec2Intent.Write, client => client.StartInstancesAsync(new StartInstancesRequest([value]), cancellationToken), cancellationToken).ConfigureAwait(false);
                break;
            case InstanceAction.Stop:
            case InstanceAction.Hibernate:
                var stop = new StopInstancesRequest([value]) { Hibernate = action == InstanceAction.Hibernate ? true : null };
                await calls.SendAsync(region, Ec2Intent.Write, client => client.StopInstancesAsync(stop, cancellationToken), cancellationToken).ConfigureAwait(false);
                break;
            case InstanceAction.Reboot:
                await calls.SendAsync(region, Ec2Intent.Write, client => client.RebootInstancesAsync(new RebootInstancesRequest([value]), cancellationToken), cancellationToken).ConfigureAwait(false);
                break;
            case InstanceAction.Terminate:
                await TerminateAsync(region, value, cancellationToken).ConfigureAwait(false);
                break;
            default:
                throw new NotSupportedException($"The capabilities deny {action}.");
        }
    }

    /// <summary>Looks whether instances of a launch ended before they ran.</summary>
    /// <param name="handle">What <see cref="Ec2Launcher"/> made.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    public async Task<OperationCheck> CheckAsync(string handle, CancellationToken cancellationToken)
    {
        var (region, ids) = calls.Parse(handle);

        // As a filter, for ids that are not visible yet are no failure there.
        var request = new DescribeInstancesRequest { Filters = [Ec2Tags.Filter("instance-id", ids.Split(','))] };
        var reply = await calls.SendAsync(region, Ec2Intent.Read, client => client.DescribeInstancesAsync(request, cancellationToken), cancellationToken).ConfigureAwait(false);
        CloudException? error = null;
        foreach (var instance in (reply.Reservations ?? []).SelectMany(found => found.Instances ?? []))
        {
            var state = instance.State?.Name;
            if (state == InstanceStateName.Pending)
            {
                // Those that are on their way are not given up for one that failed.
                return OperationCheck.Pending;
            }

            if (state == InstanceStateName.ShuttingDown || state == InstanceStateName.Terminated)
            {
                error ??= Ec2Errors.OfStateReason(instance.StateReason?.Code, instance.StateReason?.Message);
            }
        }

        return new OperationCheck(IsDone: true, error);
    }

    public async Task<string> GetConsoleOutputAsync(string id, CancellationToken cancellationToken)
    {
        var (region, value) = calls.Parse(id);

        // The latest output is to be had of Nitro instances only; others refuse.
        var reply = await calls.TrySendAsync(
                region,
                Ec2Intent.Read,
                client => client.GetConsoleOutputAsync(new GetConsoleOutputRequest { InstanceId = value, Latest = true }, cancellationToken),
                ["UnsupportedOperation", "InvalidParameterCombination"],
                cancellationToken).ConfigureAwait(false)
            ?? await calls.SendAsync(region, Ec2Intent.Read, client => client.GetConsoleOutputAsync(new GetConsoleOutputRequest(value), cancellationToken), cancellationToken).ConfigureAwait(false);
        return string.IsNullOrEmpty(reply.Output) ? "" : Encoding.UTF8.GetString(Convert.FromBase64String(reply.Output));
    }

    public async Task<Amazon.EC2.Model.Instance?> TryDescribeAsync(string region, string value, CancellationToken cancellationToken)
    {
        var request = new DescribeInstancesRequest { InstanceIds = [value] };
        var reply = await calls.TrySendAsync(region, Ec2Intent.Read, client => client.DescribeInstancesAsync(request, cancellationToken), NoInstance, cancellationToken).ConfigureAwait(false);
        return reply?.Reservations?.SelectMany(reservation => reservation.Instances ?? []).FirstOrDefault();
    }

    /// <summary>A spot request that outlives its instance would launch another one, so it goes first.</summary>
    private async Task TerminateAsync(string region, string value, CancellationToken cancellationToken)
    {
        if (await TryDescribeAsync(region, value, cancellationToken).ConfigureAwait(false) is { SpotInstanceRequestId: { Length: > 0 } spot })
        {
            var cancel = new CancelSpotInstanceRequestsRequest([spot]);
            await calls.TrySendAsync(
                region, Ec2Intent.Write, client => client.CancelSpotInstanceRequestsAsync(cancel, cancellationToken), ["InvalidSpotInstanceRequestID.NotFound"], cancellationToken).ConfigureAwait(false);
        }

        await calls.SendAsync(region, Ec2Intent.Write, client => client.TerminateInstancesAsync(new TerminateInstancesRequest([value]), cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the host of a running instance fails its check. Credentials that may not ask do not know.</summary>
    private async Task<bool> IsImpairedAsync(string region, string value, CancellationToken cancellationToken)
    {
        var request = new DescribeInstanceStatusRequest { InstanceIds = [value] };
        var reply = await calls.TrySendAsync(
            region, Ec2Intent.Read, client => client.DescribeInstanceStatusAsync(request, cancellationToken), ["UnauthorizedOperation", .. NoInstance], cancellationToken).ConfigureAwait(false);
        return reply?.InstanceStatuses?.Exists(status => status.SystemStatus?.Status == SummaryStatus.Impaired) == true;
    }
}
