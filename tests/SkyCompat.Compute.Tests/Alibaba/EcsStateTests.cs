using SkyCompat.Alibaba;

namespace SkyCompat.Compute.Tests.Alibaba;

/// <summary>Every row of the table of states.</summary>
public sealed class EcsStateTests
{
    [Theory]
    [InlineData("Pending", null, InstancePhase.Provisioning, false)]
    [InlineData("Starting", "Not-applicable", InstancePhase.Booting, true)]
    [InlineData("Running", "Not-applicable", InstancePhase.Running, true)]
    [InlineData("Running", "StopCharging", InstancePhase.Running, true)]
    [InlineData("Stopping", "StopCharging", InstancePhase.Stopping, true)]
    [InlineData("Stopped", "StopCharging", InstancePhase.Stopped, false)]
    [InlineData("Stopped", "KeepCharging", InstancePhase.Stopped, true)]
    [InlineData("Stopped", "Not-applicable", InstancePhase.Stopped, true)]
    [InlineData("Sleeping", null, InstancePhase.Unknown, true)]
    [InlineData("", null, InstancePhase.Unknown, true)]
    public void State_MapsPhaseAndBill(string status, string? mode, InstancePhase phase, bool billed)
    {
        EcsStates.PhaseOf(status).ShouldBe(phase);
        EcsStates.IsBilled(new EcsInstance { Status = status, StoppedMode = mode }).ShouldBe(billed);
    }

    [Theory]
    [InlineData("Recycling", true)]
    [InlineData("financial", false)]
    [InlineData("security", false)]
    [InlineData(null, false)]
    public void Lock_OfRecycling_IsPreemption(string? reason, bool preempted)
    {
        var instance = new EcsInstance { Status = "Stopped", OperationLocks = reason is null ? null : new EcsLocks { LockReason = [new EcsLock { LockReason = reason }] } };

        EcsStates.IsPreempted(instance).ShouldBe(preempted);
        EcsStates.ReasonOf(instance).ShouldBe(reason is null ? null : "locked: " + reason);
    }

    [Theory]
    [InlineData("web", "web")]
    [InlineData("web-1,web-2", "web-[1,1]")]
    [InlineData("a-b-7,a-b-8", "a-b-[7,1]")]
    [InlineData("web-10,web-11", "web-[10,2]")]
    [InlineData("a", null)]
    public void Names_AreCountedByTheProvider(string names, string? expected) => EcsNames.Of(names.Split(',')).ShouldBe(expected);

    [Theory]
    [InlineData("i-1", "cn-hangzhou", "i-1", "i-1")]
    [InlineData("cn-hangzhou/i-1", "cn-hangzhou", "i-1", "i-1")]
    [InlineData("eu-central-1/i-1", "eu-central-1", "i-1", "eu-central-1/i-1")]
    public void Id_NamesTheRegionOnlyIfAnother(string text, string region, string id, string written)
    {
        var parsed = EcsId.Parse(text, "cn-hangzhou");

        (parsed.Region, parsed.Id, parsed.Format("cn-hangzhou")).ShouldBe((region, id, written));
    }

    [Fact]
    public void Id_InJson_IsEscaped() => new EcsId("r", "i-\"1").ToJsonArray().ShouldBe("""["i-\u00221"]""");

    [Theory]
    [InlineData("cn-hangzhou-h", "", "10.64.112.0/20")]
    [InlineData("eu-central-1a", "", "10.64.0.0/20")]
    [InlineData("eu-central-1a", "10.64.0.0/20", "10.64.16.0/20")]
    [InlineData("cn-hangzhou-p", "10.64.240.0/24", "10.64.0.0/20")]
    [InlineData("cn-hangzhou-h", "10.64.0.0/16", null)]
    public void Subnet_IsTheZonesSixteenthOrTheNextFree(string zone, string taken, string? expected)
    {
        var others = taken.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(range => Ipv4Range.TryParse(range)!.Value).ToList();

        Ipv4Range.TryParse("10.64.0.0/16")!.Value.FindPart(zone, others)?.ToString().ShouldBe(expected);
        (Ipv4Range.TryParse("10.64.0.0/16")!.Value.FindPart(zone, others) is null).ShouldBe(expected is null);
    }
}
