using SkyCompat.Compute;

namespace SkyCompat.Simulation;

/// <summary>An instance of a simulated cloud.</summary>
internal sealed class SimulatedMachine(string cloud, string name, Offer offer, IReadOnlyDictionary<string, string> tags, DateTimeOffset createdAt)
{
    private readonly DateTimeOffset _createdAt = createdAt;
    private DateTimeOffset _lookedAt = createdAt;
    private InstancePhase _phase = InstancePhase.Running;
    private bool _preempted;

    public string Cloud => cloud;

    public Offer Offer => offer;

    /// <summary>Hours since this was last asked.</summary>
    public double TakeHours(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var hours = (now - _lookedAt).TotalHours;
        _lookedAt = now;
        return _phase == InstancePhase.Running ? hours : 0;
    }

    public void Preempt() => (_phase, _preempted) = (InstancePhase.Stopped, true);

    public void Become(InstancePhase phase) => (_phase, _preempted) = (phase, false);

    public Instance Describe() => new()
    {
        Id = name,
        Name = name,
        Location = offer.Location,
        Phase = _phase,
        RawState = _phase.ToString(),
        ComputeBilled = _phase == InstancePhase.Running,
        Preempted = _preempted,
        StateReason = _preempted ? "taken back" : null,
        InstanceType = offer.InstanceType,
        Market = offer.Market,
        PrivateAddresses = ["10.0.0.1"],
        Tags = tags,
        CreatedAt = _createdAt,
    };
}
