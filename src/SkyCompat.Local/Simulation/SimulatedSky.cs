using SkyCompat.Compute;

namespace SkyCompat.Simulation;

/// <summary>Many clouds in memory, for tests of how an application places and keeps its instances. Time passes by <see cref="TimeProvider"/>; latencies only add up in <see cref="Elapsed"/>.</summary>
/// <remarks>Safe for use by many threads.</remarks>
public sealed class SimulatedSky
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<(string Cloud, string Name), SimulatedMachine> _machines = [];
    private SimulatedWorld _world;
    private Random _random;
    private TimeSpan _elapsed;
    private long _requests;
    private long _launches;

    /// <summary>Makes a sky.</summary>
    /// <param name="world">What it is like.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public SimulatedSky(SimulatedWorld world, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        _world = world;
        _time = time ?? TimeProvider.System;
        _random = new Random(world.Seed);
    }

    /// <summary>What it is like now. Setting it changes stock, quotas and prices, and leaves the instances; clouds cannot be added.</summary>
    public SimulatedWorld World
    {
        get
        {
            lock (_lock)
            {
                return _world;
            }
        }

        set
        {
            ArgumentNullException.ThrowIfNull(value);
            lock (_lock)
            {
                _world = value;
                _random = new Random(value.Seed);
            }
        }
    }

    /// <summary>Called before (false) and after (true) each request has its effect, with the cloud and the operation; what it throws is what the application sees. Null for nothing.</summary>
    public Action<string, string, bool>? Intercept { get; set; }

    /// <summary>How much time requests would have taken.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _elapsed;
            }
        }
    }

    /// <summary>How many requests were sent.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>How many of them were launches, those that failed included.</summary>
    public long Launches => Interlocked.Read(ref _launches);

    internal TimeProvider Time => _time;

    /// <summary>All instances that are not gone, on all clouds.</summary>
    /// <returns>The instances as their clouds would show them.</returns>
    public IReadOnlyList<Instance> ListInstances()
    {
        lock (_lock)
        {
            return [.. _machines.Values.Select(machine => machine.Describe() with { Cloud = machine.Cloud })];
        }
    }

    /// <summary>Takes a spot instance back, as its provider would.</summary>
    /// <param name="cloud">Its cloud.</param>
    /// <param name="id">Its id.</param>
    public void Preempt(string cloud, string id)
    {
        lock (_lock)
        {
            if (_machines.TryGetValue((cloud, id), out var machine))
            {
                machine.Preempt();
            }
        }
    }

    /// <summary>Forgets all instances and counts.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _machines.Clear();
            _elapsed = TimeSpan.Zero;
        }

        Interlocked.Exchange(ref _requests, 0);
        Interlocked.Exchange(ref _launches, 0);
    }

    /// <summary>Sends a request: counted, charged, intercepted, and alone.</summary>
    internal T Send<T>(string cloud, string operation, Func<SimulatedCloud, TimeSpan> latency, Func<SimulatedCloud, Dictionary<(string Cloud, string Name), SimulatedMachine>, T> run)
    {
        Interlocked.Increment(ref _requests);
        if (operation == "Launch")
        {
            Interlocked.Increment(ref _launches);
        }

        Intercept?.Invoke(cloud, operation, false);
        T result;
        lock (_lock)
        {
            var found = _world.Clouds.First(item => item.Name == cloud);
            _elapsed += latency(found);
            TakeBack(found);
            result = run(found, _machines);
        }

        Intercept?.Invoke(cloud, operation, true);
        return result;
    }

    private void TakeBack(SimulatedCloud cloud)
    {
        foreach (var machine in _machines.Values.Where(machine => machine.Cloud == cloud.Name && machine.Offer.Market == Market.Spot))
        {
            var rate = cloud.Regions.SelectMany(region => region.Zones).FirstOrDefault(zone => zone.Name == machine.Offer.Location.Zone)?.PreemptionsPerHour ?? 0;
#pragma warning disable CA5394 // A simulation must be repeatable; nothing here is secret.
            if (rate > 0 && _random.NextDouble() < 1 - Math.Exp(-rate * machine.TakeHours(_time)))
            {
                machine.Preempt();
            }
#pragma warning restore CA5394
        }
    }
}
