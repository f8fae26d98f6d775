using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Local;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer.Spreading;
using SkyCompat.Transfer.Tests.Support;

namespace SkyCompat.Transfer.Tests.Spreading;

/// <summary>Two embedded clouds, with coordinators and workers in this process.</summary>
internal sealed class SpreadWorld : IAsyncDisposable
{
    /// <summary>Nobody is taken for dead who is only slow.</summary>
    public static readonly SpreadTiming Patient = new() { Beat = TimeSpan.FromMilliseconds(20), Look = TimeSpan.FromMilliseconds(10) };

    /// <summary>Who is dead is soon known to be; who is slow may be taken for it, which must do no harm.</summary>
    public static readonly SpreadTiming Hasty = Patient with { Silence = TimeSpan.FromMilliseconds(300) };

    private readonly TransferWorld _world;

    private SpreadWorld(TransferWorld world, IBucket a, IBucket b)
    {
        _world = world;
        A = a;
        B = b;
    }

    public IBucket A { get; }

    public IBucket B { get; }

    public ISky Sky => _world.Sky;

    /// <summary>What all workers together were told of each object that they copied: how often.</summary>
    public ConcurrentDictionary<string, int> Copied { get; } = new(StringComparer.Ordinal);

    public TransferRequest Request => new() { Source = TransferLocation.FromPrefix(A, "in/"), Destination = TransferLocation.FromPrefix(B, "out/") };

    public static ClusterTransferOptions Options => new() { Workloads = null!, Image = "skyc", ShardObjects = 20 };

    public TransferService Transfers => (TransferService)_world.Transfers;

    private static CancellationToken Token => TransferWorld.Token;

    public static async Task<SpreadWorld> CreateAsync(int objects, SpreadTiming? timing = null, FaultPlan? faultsOfA = null, FaultPlan? faultsOfB = null)
    {
        var world = new TransferWorld(faultsOfA: faultsOfA, faultsOfB: faultsOfB, add: services => services.AddSingleton(timing ?? Patient));
        var (a, b) = (await world.CreateBucketAsync("a", "first"), await world.CreateBucketAsync("b", "first"));
        await Parallel.ForAsync(0, objects, Token, async (i, token) => await a.PutAsync("in/" + NameOf(i), TransferWorld.Bytes(100 + i, i), cancellationToken: token));
        return new SpreadWorld(world, a, b);
    }

    public static string NameOf(int index) => index.ToString("d5", CultureInfo.InvariantCulture);

    public static string IdOf(TransferRequest request) => SharedJournal.IdOf(TransferPlan.Of(request));

    /// <summary>Workers of a transfer.</summary>
    /// <param name="workers">How many at a time.</param>
    /// <param name="request">The transfer; null for <see cref="Request"/>.</param>
    /// <param name="destination">Changes the destination of a worker, told its number.</param>
    public TaskFleet NewFleet(int workers = 3, TransferRequest? request = null, Func<int, IBucket>? destination = null)
    {
        request ??= Request;
        return new TaskFleet(workers, (number, token) => WorkAsync(request, destination?.Invoke(number) ?? request.Destination.Bucket!, token));
    }

    public Task<TransferReport> WorkAsync(TransferRequest request, IBucket destination, CancellationToken token) =>
        Transfers.WorkAsync(new TransferWork { Id = IdOf(request), Source = request.Source.Bucket!, Destination = destination }, new CopyCounter(Copied), token);

    public Task<TransferReport> RunAsync(ITransferFleet fleet, TransferRequest? request = null, ClusterTransferOptions? options = null, TransferObserver? observer = null, CancellationToken? token = null) =>
        Transfers.Cluster.RunAsync(request ?? Request, options ?? Options, fleet, observer, token ?? Token);

    /// <summary>What is in the journals of the destination.</summary>
    public async Task<List<string>> JournalAsync() => await B.ListAsync(new ListOptions { Prefix = ".skycompat/" }, Token).Select(entry => entry.Key).ToListAsync(Token);

    public Task<SortedDictionary<string, string>> ReadSourceAsync() => TransferWorld.ReadAsync(A, "in/");

    public Task<SortedDictionary<string, string>> ReadDestinationAsync() => TransferWorld.ReadAsync(B, "out/");

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private sealed class CopyCounter(ConcurrentDictionary<string, int> copied) : TransferObserver
    {
        public override void OnObject(TransferResult result)
        {
            if (result.Outcome is TransferOutcome.Copied)
            {
                copied.AddOrUpdate(result.Name, 1, static (_, count) => count + 1);
            }
        }
    }
}
