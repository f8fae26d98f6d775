using System.Collections.Concurrent;
using SkyCompat.Drivers;

namespace SkyCompat.Compute.Tests.Engine;

/// <summary>A provider in memory that launches several at a time and remembers client tokens beyond what they made. Each test sets what it shows.</summary>
internal sealed class ScriptedCompute : ComputeDriver
{
    public static readonly CloudProvider Scripted = new("Scripted");

    /// <summary>A disk that is always there.</summary>
    public const string LastingDisk = "lasting";

    private readonly ConcurrentDictionary<string, string> _tokens = new(StringComparer.Ordinal);

    public ScriptedCompute()
    {
        Disks = new ScriptedDisks(this);
        Snapshots = new ScriptedSnapshots(this);
        Addresses = new ScriptedAddresses(this);
        Firewalls = new ScriptedFirewalls(this);
        Networks = new ScriptedNetworks(this);
    }

    public override CloudProvider Provider => Scripted;

    public override string Region => "here";

    public override TimeSpan TokenGrace => Grace;

    public override TimeSpan VisibilityGrace => TimeSpan.Zero;

    public override bool LaunchTokensOutliveInstances => true;

    public override ComputeCapabilities Capabilities { get; } = new()
    {
        Features = ComputeFeatures.BulkLaunch | ComputeFeatures.Disks | ComputeFeatures.Snapshots | ComputeFeatures.ReservedAddresses | ComputeFeatures.Firewall | ComputeFeatures.Networks,
    };

    public override IReadOnlyCollection<string> ImageFamilies => ["any"];

    public override DiskDriver Disks { get; }

    public override SnapshotDriver Snapshots { get; }

    public override AddressDriver Addresses { get; }

    public override FirewallDriver Firewalls { get; }

    public override NetworkDriver Networks { get; }

    /// <summary>How long what was made may not be shown.</summary>
    public TimeSpan Grace { get; set; }

    /// <summary>Instances by their ids.</summary>
    public ConcurrentDictionary<string, Instance> Instances { get; } = new(StringComparer.Ordinal);

    /// <summary>Everything else that is there, by id; the value is its name.</summary>
    public ConcurrentDictionary<string, string> Things { get; } = new(StringComparer.Ordinal);

    /// <summary>The tokens that were sent, in order.</summary>
    public ConcurrentQueue<string> Tokens { get; } = new();

    /// <summary>What a look at the launch's operation shows.</summary>
    public OperationCheck Check { get; set; } = OperationCheck.Done;

    /// <summary>Disks that are listed, there or not.</summary>
    public IReadOnlyList<Disk> ListedDisks { get; set; } = [];

    /// <summary>How many looks see nothing after something was made.</summary>
    public int HiddenLooks { get; set; }

    /// <summary>How often a deletion must be asked for until it is done.</summary>
    public int Deletions { get; set; } = 1;

    /// <summary>Refuses every deletion from the second on.</summary>
    public CloudException? LateRefusal { get; set; }

    public static Offer Offer { get; } = new() { Cloud = "scripted", Provider = Scripted, Location = new CloudLocation("here", "a"), InstanceType = "t", Market = Market.OnDemand, Shape = new MachineShape(1, 1) };

    public override Task<DriverPage<Offer>> FindOffersPageAsync(OfferQuery query, string? pageToken, CancellationToken cancellationToken) => Task.FromResult(new DriverPage<Offer>([Offer]));

    public override Task<MachineImage?> TryFindImageAsync(ImageReference image, CpuArchitecture architecture, string region, CancellationToken cancellationToken) =>
        Task.FromResult<MachineImage?>(new MachineImage("image"));

    public override Task<LaunchReceipt> LaunchAsync(LaunchRequest request, CancellationToken cancellationToken)
    {
        var id = Make(request.ClientToken, made => Instances[$"{made}-1"] = Of($"{made}-1", request.Names[0]));
        var ids = request.Names.Select((name, at) => $"{id}-{at + 1}").ToList();
        return Task.FromResult(new LaunchReceipt(ids, "operation"));

        Instance Of(string id, string name) => new() { Id = id, Name = name, Phase = InstancePhase.Running, RawState = "on", Tags = request.Tags, Location = request.Offer.Location };
    }

    public override Task<Instance?> TryGetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(IsHidden() ? null : Instances.GetValueOrDefault(id));

    public override Task<DriverPage<Instance>> ListPageAsync(InstanceQuery query, string? pageToken, CancellationToken cancellationToken) =>
        Task.FromResult(new DriverPage<Instance>([.. Instances.Values]));

    public override Task<string?> ActAsync(string id, InstanceAction action, CancellationToken cancellationToken)
    {
        Instances.TryRemove(id, out _);
        return Task.FromResult<string?>(null);
    }

    public override Task<OperationCheck> CheckAsync(string handle, CancellationToken cancellationToken) => Task.FromResult(Check);

    /// <summary>Makes something unless the token made something before, which is answered whatever became of it.</summary>
    public string Make(string token, Action<string> make)
    {
        Tokens.Enqueue(token);
        return _tokens.GetOrAdd(token, _ =>
        {
            var id = $"id{_tokens.Count + 1}";
            make(id);
            return id;
        });
    }

    public string? See(string id) => IsHidden() ? null : Things.GetValueOrDefault(id);

    public void Delete(string name)
    {
        if (LateRefusal is { } refusal && Deletions <= 1)
        {
            throw refusal;
        }

        if (--Deletions <= 0)
        {
            foreach (var (id, _) in Things.Where(pair => pair.Value == name))
            {
                Things.TryRemove(id, out _);
            }
        }
    }

    private bool IsHidden() => HiddenLooks > 0 && HiddenLooks-- > 0;
}
