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
}
