namespace SkyCompat.Transfer;

/// <summary>Moves objects between any two buckets, on any clouds, and between buckets and local folders: copies, syncs and mirrors, verified and resumable. A singleton of the application's services.</summary>
/// <remarks>
/// Safe for use by many threads. Listing and copying go on at the same time, so memory does not grow with the number of objects or their size; all bodies share the process-wide byte budget
/// (<see cref="SkyCompatOptions.BufferBudgetBytes"/>). An object that cannot be moved is a result, and the rest goes on; what makes the whole pointless, such as a missing bucket or refused
/// credentials, is raised.
/// </remarks>
public interface ITransferService
{
    /// <summary>Looks at both sides without listing them: which routes there are and why, and what would be lost on the way. Costs the capability probes of both buckets, which are cached.</summary>
    /// <param name="request">The transfer.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>The outline.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.InvalidArgument"/>: the request contradicts itself; <see cref="CloudErrorCode.Unsupported"/>: it asks for what a side lacks.</exception>
    Task<TransferOutline> OutlineAsync(TransferRequest request, CancellationToken cancellationToken = default);

    /// <summary>The dry run: what a transfer would do with each object, by which route and why, in key order. Lists as the transfer would, and writes nothing.</summary>
    /// <param name="request">The transfer.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>One step per object, as the lists come in.</returns>
    /// <exception cref="CloudException">As for <see cref="OutlineAsync"/>, and as for <see cref="ObjectStorage.IBucket.ListPageAsync"/>.</exception>
    IAsyncEnumerable<TransferStep> PlanAsync(TransferRequest request, CancellationToken cancellationToken = default);

    /// <summary>Carries a transfer out. Cancelling leaves every object whole: those that were finished stay, no other becomes visible, and with <see cref="TransferOptions.JournalPath"/> the same
    /// request goes on later where this one was.</summary>
    /// <param name="request">The transfer.</param>
    /// <param name="observer">Told about progress and about each object; null for nobody.</param>
    /// <param name="cancellationToken">Stops the transfer.</param>
    /// <returns>What became of it. <see cref="TransferReport.Failed"/> counts the objects that could not be moved.</returns>
    /// <exception cref="CloudException">As for <see cref="PlanAsync"/>; <see cref="CloudErrorCode.Conflict"/>: another process is using the journal, or the journal belongs to another transfer;
    /// <see cref="CloudErrorCode.PreconditionFailed"/>: there is more to delete than <see cref="TransferOptions.MaxDeletes"/>, and nothing was deleted.</exception>
    Task<TransferReport> RunAsync(TransferRequest request, TransferObserver? observer = null, CancellationToken cancellationToken = default);

    /// <summary>Compares both sides and returns every object, in key order, with what is the same and what is not. Writes nothing.</summary>
    /// <param name="request">Source, destination and filter; the mode is ignored. <see cref="TransferOptions.Comparison"/> says how: <see cref="TransferComparison.Content"/> reads both sides where
    /// the stores keep no checksums that can be compared.</param>
    /// <param name="cancellationToken">Stops the requests.</param>
    /// <returns>One entry per object of either side.</returns>
    /// <exception cref="CloudException">As for <see cref="PlanAsync"/>.</exception>
    IAsyncEnumerable<TransferDifference> CompareAsync(TransferRequest request, CancellationToken cancellationToken = default);

    /// <summary>Carries a transfer between two buckets out by many workers on a Kubernetes cluster, for more than one machine can move. This process lists the source, shares its keys out in shards, and
    /// follows; the workers' pods copy. What is done is recorded in the destination bucket under <c>.skycompat/transfers/</c>, so that the same request goes on later where this one was, whatever
    /// became of this process or of workers; it is removed once nothing failed.</summary>
    /// <remarks>The workers are given the settings and credentials of both buckets' clouds, as by <see cref="Workloads.Workload.Buckets"/>. <see cref="TransferOptions.MaxConcurrency"/> and
    /// <see cref="TransferOptions.MaxBytesPerSecond"/> count for each worker. Requests: the pages of the source's list, a small write per shard and, per shard, a few small reads and writes of the journal.</remarks>
    /// <param name="request">The transfer: from a prefix of a bucket to a prefix of a bucket, without <see cref="TransferRequest.Names"/> and <see cref="TransferOptions.JournalPath"/>. A
    /// <see cref="TransferMode.Mirror"/> needs <see cref="ObjectStorage.BucketFeatures.OrderedList"/> on both sides.</param>
    /// <param name="options">The cluster, the image, how many workers.</param>
    /// <param name="observer">Told about progress, and about each object that failed or was deleted, of a shard's failures the first 1,000; not about those that were copied. Null for nobody.</param>
    /// <param name="cancellationToken">Stops the workers and waits until they are gone; what they finished stays.</param>
    /// <returns>What became of it, all workers together.</returns>
    /// <exception cref="CloudException">Before any request, <see cref="CloudErrorCode.InvalidArgument"/>: the request or the options contradict themselves, a side is a folder, or the credentials of a side
    /// cannot be handed over (<see cref="Workloads.WorkloadErrorReasons.NoBucketCredentials"/>). <see cref="CloudErrorCode.Conflict"/>: another process carries the same transfer out.
    /// <see cref="CloudErrorCode.PreconditionFailed"/>: as for <see cref="RunAsync"/>. With a reason of <see cref="Workloads.WorkloadErrorReasons"/>: the workers cannot run; the message names the pod and why.
    /// Else what ended a worker.</exception>
    /// <exception cref="ArgumentException">The image or the resources cannot be right.</exception>
    Task<TransferReport> RunOnClusterAsync(TransferRequest request, ClusterTransferOptions options, TransferObserver? observer = null, CancellationToken cancellationToken = default);

    /// <summary>Takes part, as a worker, in a transfer that <see cref="RunOnClusterAsync"/> spread: carries out shards until each has a result. What <c>skyc transfer-worker</c> does in the pods.</summary>
    /// <param name="work">Which transfer, and its buckets.</param>
    /// <param name="observer">Follows the shards that this worker carries out, one after the other, each as a transfer; null for nobody.</param>
    /// <param name="cancellationToken">Ends the worker. Others carry on with what it had begun.</param>
    /// <returns>What this worker did.</returns>
    /// <exception cref="CloudException"><see cref="CloudErrorCode.NotFound"/>: there is no such transfer, or it is over. <see cref="CloudErrorCode.Unsupported"/>: it was begun by another version. Else as for <see cref="RunAsync"/>.</exception>
    /// <exception cref="ArgumentException">The id or the name cannot be right.</exception>
    Task<TransferReport> WorkAsync(TransferWork work, TransferObserver? observer = null, CancellationToken cancellationToken = default);
}
