using SkyCompat.Workloads;

namespace SkyCompat.Transfer.Spreading;

/// <summary>Transfers that are spread over workers: both sides of it.</summary>
internal sealed class ClusterTransfers(TransferPreparation preparation, BucketGrants grants, ShardRunner run, SpreadTiming timing, TimeProvider time)
{
    private const int MaxWorkers = 1_000;
    private const int MaxShardObjects = 1_000_000;
    private const int MaxRetries = 1_000;
    private const int MaxWorkerName = 100;
    private const int IdLength = 16;

    /// <summary>Enough to say goodbye: what a worker was at is taken over.</summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    public Task<TransferReport> RunAsync(TransferRequest request, ClusterTransferOptions options, TransferObserver? observer, CancellationToken cancellationToken)
    {
        Check(request, options);
        var plan = TransferPlan.Of(request);
        var job = RenderJob(request, options, SharedJournal.IdOf(plan));
        var fleet = new JobFleet(options.Workloads, job, options.UnschedulableGrace, timing.Look, time);
        return RunAsync(request, options, fleet, observer, cancellationToken);
    }

    /// <summary>Carries a checked transfer out by whatever workers there are.</summary>
    public async Task<TransferReport> RunAsync(TransferRequest request, ClusterTransferOptions options, ITransferFleet fleet, TransferObserver? observer, CancellationToken cancellationToken)
    {
        using var context = await preparation.PrepareAsync(request, null, cancellationToken).ConfigureAwait(false);
        context.RefuseLosses();
        if (request.Mode is TransferMode.Mirror && !(context.Source.IsOrdered && context.TargetReader.IsOrdered))
        {
            throw new CloudException(
                CloudErrorCode.Unsupported, "A mirror over a cluster needs lists in key order (OrderedList) on both sides, so that each shard owns the deletes of its range. Sync over the cluster, then mirror from here.");
        }

        var coordinator = new TransferCoordinator(context, options, preparation.PrepareAsync, fleet, observer, timing, time);
        return await coordinator.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task<TransferReport> WorkAsync(TransferWork work, TransferObserver? observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        Require(work.Id.Length == IdLength && work.Id.All(char.IsAsciiHexDigitLower), nameof(work), $"'{work.Id}' is not the id of a transfer: {IdLength} lower-case hexadecimal digits.");
        Require(
            work.Worker.Length is > 0 and <= MaxWorkerName && work.Worker.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'),
            nameof(work),
            $"'{work.Worker}' is not the name of a worker: 1 to {MaxWorkerName} letters, digits, hyphens and dots.");
        return new TransferWorker(work, run, timing, time).RunAsync(observer, cancellationToken);
    }

    private static void Check(TransferRequest request, ClusterTransferOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TransferPreparation.Check(request);
        Refuse(request.Source.Bucket is null || request.Destination.Bucket is null, "A transfer over a cluster is between two buckets: pods do not have this machine's folders.");
        Refuse(!request.Source.IsMany, "A transfer over a cluster is of all objects under a prefix; copy a single object without one.");
        Refuse(request.Names is not null, "A transfer over a cluster is shared out by key ranges and takes no list of names: use a filter, or a transfer without a cluster.");
        Refuse(request.Options.JournalPath is not null, "The journal of a transfer over a cluster is in the destination bucket: leave JournalPath out.");
        Refuse(options.Workers is < 1 or > MaxWorkers, $"Workers is from 1 to {MaxWorkers}, not {options.Workers}.");
        Refuse(options.ShardObjects is < 1 or > MaxShardObjects, $"ShardObjects is from 1 to {MaxShardObjects}, not {options.ShardObjects}.");
        Refuse(options.ShardBytes < 1, $"ShardBytes is at least 1, not {options.ShardBytes}.");
        Refuse(options.Retries is < 0 or > MaxRetries, $"Retries is from 0 to {MaxRetries}, not {options.Retries}.");
        Refuse(options.UnschedulableGrace < TimeSpan.Zero, "UnschedulableGrace must not be negative.");
    }

    /// <summary>The job, with the settings and credentials of both buckets: that they can be handed over is known before any request.</summary>
    private Workload RenderJob(TransferRequest request, ClusterTransferOptions options, string id)
    {
        var job = new Workload
        {
            Name = $"transfer-{id}",
            Kind = WorkloadKind.ParallelJob,
            Image = options.Image,
            Command = options.Command,
            Arguments = [TransferWork.Command, id],
            Replicas = options.Workers,

            // Each worker ends well only when every shard has a result, so as many must as there are.
            Job = new JobSettings { Completions = options.Workers, Retries = options.Retries },
            StopTimeout = StopTimeout,
            Resources = options.Resources,
            Identity = options.Identity,
            ServiceAccount = options.ServiceAccount,
            Buckets =
            [
                new WorkloadBucket(TransferWork.SourceBucket) { Bucket = request.Source.Bucket, ByIdentity = options.SourceByIdentity, Endpoint = options.SourceEndpoint },
                new WorkloadBucket(TransferWork.DestinationBucket) { Bucket = request.Destination.Bucket, ByIdentity = options.DestinationByIdentity, Endpoint = options.DestinationEndpoint },
            ],
        };
        WorkloadChecks.Check(job);
        return grants.Grant(job) with { Buckets = [] };
    }

    private static void Refuse(bool condition, string message)
    {
        if (condition)
        {
            throw new CloudException(CloudErrorCode.InvalidArgument, message);
        }
    }

    private static void Require(bool condition, string parameter, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message, parameter);
        }
    }
}
