using System.Globalization;
using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>What the account has, and the means to be out of it.</summary>
public sealed class EcsState
{
    private readonly Dictionary<string, (string Parameters, JsonObject Reply)> _tokens = new(StringComparer.Ordinal);
    private readonly HashSet<(string Zone, string Type, string? Market)> _soldOut = [];
    private readonly HashSet<(string Zone, string Type)> _notSold = [];
    private readonly Dictionary<(string Zone, string Type), int> _left = [];
    private int _ids;

    /// <summary>The regions and their zones.</summary>
    internal static IReadOnlyDictionary<string, string[]> Zones { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["cn-hangzhou"] = ["cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j"],
        ["eu-central-1"] = ["eu-central-1a", "eu-central-1b"],
        ["ap-southeast-1"] = ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"],
    };

    /// <summary>Held by whoever reads or changes it.</summary>
    internal Lock Lock { get; } = new();

    /// <summary>How many virtual processors all instances of a region may have.</summary>
    public int VcpuQuota { get; set; } = 1000;

    /// <summary>Whether the account has money.</summary>
    public bool HasBalance { get; set; } = true;

    internal List<EcsMachine> Machines { get; } = [];

    internal List<EcsVolume> Volumes { get; } = [];

    internal List<EcsCopy> Copies { get; } = [];

    internal List<EcsKey> Keys { get; } = [];

    internal List<EcsGroup> Groups { get; } = [];

    internal List<VpcNet> Nets { get; } = [];

    internal List<VpcSubnet> Subnets { get; } = [];

    internal List<VpcAddress> Addresses { get; } = [];

    /// <summary>The zones that sell nothing new.</summary>
    public ISet<string> ClosedZones { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>How many instances there are, seen or not.</summary>
    public int InstanceCount
    {
        get
        {
            lock (Lock)
            {
                return Machines.Count(machine => !machine.IsDeleting);
            }
        }
    }

    /// <summary>Says that a type is out of stock, or back.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="type">The type; a star for all.</param>
    /// <param name="market"><c>NoSpot</c> or <c>Spot</c>; null for both.</param>
    /// <param name="isSoldOut">Whether it is.</param>
    public void SetSoldOut(string zone, string type, string? market = null, bool isSoldOut = true)
    {
        lock (Lock)
        {
            _ = isSoldOut ? _soldOut.Add((zone, type, market)) : _soldOut.Remove((zone, type, market));
        }
    }

    /// <summary>Says that a type is not sold in a zone at all.</summary>
    public void SetNotSold(string zone, string type)
    {
        lock (Lock)
        {
            _notSold.Add((zone, type));
        }
    }

    /// <summary>Says how many instances of a type a zone has left.</summary>
    public void SetLeft(string zone, string type, int count)
    {
        lock (Lock)
        {
            _left[(zone, type)] = count;
        }
    }

    /// <summary>Takes a spot instance back: it is locked, stops and vanishes.</summary>
    public void Preempt(string instanceId)
    {
        lock (Lock)
        {
            var machine = Machines.Find(machine => machine.Id == instanceId) ?? throw new KeyNotFoundException(instanceId);
            machine.Locks.Add("Recycling");
            machine.Go(3, "Stopped", "");
        }
    }

    /// <summary>Writes to an instance's console.</summary>
    public void WriteConsole(string instanceId, string text)
    {
        lock (Lock)
        {
            (Machines.Find(machine => machine.Id == instanceId) ?? throw new KeyNotFoundException(instanceId)).Console += text;
        }
    }

    /// <summary>The user data of an instance, in Base64.</summary>
    public string UserDataOf(string instanceId)
    {
        lock (Lock)
        {
            return (Machines.Find(machine => machine.Id == instanceId) ?? throw new KeyNotFoundException(instanceId)).UserData;
        }
    }

    /// <summary>Makes a network with one subnet and one group of given ids, all ready.</summary>
    public void Seed(string region, string zone, string vpcId, string subnetId, string groupId)
    {
        const string Then = "2025-01-01T00:00:00Z";
        lock (Lock)
        {
            var net = new VpcNet { Id = vpcId, Region = region, CreatedAt = Then, Range = "172.16.0.0/12" };
            net.Go(1, "Available");
            Nets.Add(net);
            var subnet = new VpcSubnet { Id = subnetId, Region = region, CreatedAt = Then, ZoneId = zone, VpcId = vpcId, Range = "172.16.0.0/20" };
            subnet.Go(1, "Available");
            Subnets.Add(subnet);
            Groups.Add(new EcsGroup { Id = groupId, Region = region, CreatedAt = Then, VpcId = vpcId });
        }
    }

    /// <summary>Makes a running instance of a given id in a seeded subnet.</summary>
    public void SeedInstance(string id, string subnetId, IReadOnlyDictionary<string, string> tags)
    {
        lock (Lock)
        {
            var subnet = Subnets.First(subnet => subnet.Id == subnetId);
            var machine = new EcsMachine
            {
                Id = id, Region = subnet.Region, CreatedAt = "2025-01-01T00:00Z", ZoneId = subnet.ZoneId, Type = EcsType.All[0], ImageId = "ubuntu_22_04", VSwitchId = subnetId, VpcId = subnet.VpcId,
                Groups = [.. Groups.Where(group => group.VpcId == subnet.VpcId).Select(group => group.Id)], PrivateAddress = "172.16.0.4", Name = id, Tags = new Dictionary<string, string>(tags, StringComparer.Ordinal),
            };
            machine.Go(1, "Running");
            Machines.Add(machine);
        }
    }

    internal string NewId(string prefix) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-bp1{++_ids:x17}");

    internal bool IsNotSold(string zone, string type) => _notSold.Contains((zone, type));

    internal int LeftOf(string zone, string type, string spotStrategy)
    {
        var market = spotStrategy == "NoSpot" ? "NoSpot" : "Spot";
        return new[] { (zone, type, (string?)null), (zone, type, market), (zone, "*", null), (zone, "*", market) }.Any(_soldOut.Contains) ? 0 : _left.GetValueOrDefault((zone, type), 1000);
    }

    internal void Take(string zone, string type, int count)
    {
        if (_left.TryGetValue((zone, type), out var left))
        {
            _left[(zone, type)] = left - count;
        }
    }

    /// <summary>Does something once per client token: the same call gets the same reply, whatever became of what it made; another call with the token is refused.</summary>
    internal JsonObject Once(EcsCall call, Func<JsonObject> make)
    {
        if (call.Text("ClientToken") is not { } token)
        {
            return make();
        }

        var parameters = string.Join('&', call.Parameters.Where(pair => pair.Key != "ClientToken").OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        var key = $"{call.Action} {token}";
        if (_tokens.TryGetValue(key, out var known))
        {
            return known.Parameters == parameters ? (JsonObject)known.Reply.DeepClone()
                : throw new EcsErrorException(400, "IdempotentParameterMismatch", "Request uses a client token in a previous request but is not identical to that request.");
        }

        var reply = make();
        _tokens[key] = (parameters, (JsonObject)reply.DeepClone());
        return reply;
    }
}
