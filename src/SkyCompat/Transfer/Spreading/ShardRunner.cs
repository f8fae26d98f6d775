namespace SkyCompat.Transfer.Spreading;

/// <summary>Carries out one shard by the ordinary engine.</summary>
/// <param name="request">The shard as a transfer of its own.</param>
/// <param name="observer">Follows it.</param>
/// <param name="keepExtras">Told, after everything was copied, of the names that only the destination has.</param>
/// <param name="cancellationToken">Stops it.</param>
internal delegate Task<TransferReport> ShardRunner(TransferRequest request, TransferObserver observer, Func<IEnumerable<string>, Task> keepExtras, CancellationToken cancellationToken);
