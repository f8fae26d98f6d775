using static SkyCompat.Compute.Tests.Aws.Ec2Samples;

namespace SkyCompat.Compute.Tests.Aws;

/// <summary>Each state of EC2 and what it is in portable form: one row for each row of the table of states.</summary>
public sealed class Ec2StateTableTests
{
    private static string Status(string host) => $"<instanceStatusSet><item><instanceId>{Id}</instanceId><systemStatus><status>{host}</status></systemStatus></item></instanceStatusSet>";

    [Theory]
    [InlineData("pending", null, InstancePhase.Provisioning, false)]
    [InlineData("running", null, InstancePhase.Running, true)]
    [InlineData("stopping", "Client.UserInitiatedShutdown", InstancePhase.Stopping, false)]
    [InlineData("stopped", "Client.UserInitiatedShutdown", InstancePhase.Stopped, false)]
    [InlineData("stopping", "Client.UserInitiatedHibernate", InstancePhase.Hibernating, true)]
    [InlineData("stopped", "Client.UserInitiatedHibernate", InstancePhase.Hibernated, false)]
    [InlineData("stopped", "Server.SpotInstanceShutdown", InstancePhase.Stopped, false, true)]
    [InlineData("shutting-down", "Client.UserInitiatedShutdown", InstancePhase.Deleting, false)]
    [InlineData("shutting-down", "Server.SpotInstanceTermination", InstancePhase.Deleting, false, true)]
    [InlineData("terminated", "Client.UserInitiatedShutdown", InstancePhase.Gone, false)]
    [InlineData("terminated", "Server.SpotInstanceTermination", InstancePhase.Gone, false, true)]
    [InlineData("terminated", "Server.InsufficientInstanceCapacity", InstancePhase.Gone, false)]
    public async Task State_IsInPortableForm(string state, string? reason, InstancePhase phase, bool billed, bool preempted = false)
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().On("DescribeInstances", Instances(Instance(state, reason))).On("DescribeInstanceStatus", Status("ok")));

        var instance = (await cloud.Driver.TryGetAsync(Id, default)).ShouldNotBeNull();

        instance.Phase.ShouldBe(phase);
        instance.RawState.ShouldBe(state);
        instance.ComputeBilled.ShouldBe(billed);
        instance.Preempted.ShouldBe(preempted);
        instance.StateReason.ShouldBe(reason is null ? null : $"{reason}: why");
        instance.Location.ShouldBe(new CloudLocation(AwsTestCloud.Region, "eu-central-1a"));
    }

    [Fact]
    public async Task RunningOnAnImpairedHost_IsRepairing_AndBilled()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().On("DescribeInstances", Instances(Instance("running"))).On("DescribeInstanceStatus", Status("impaired")));

        var instance = (await cloud.Driver.TryGetAsync(Id, default)).ShouldNotBeNull();

        instance.Phase.ShouldBe(InstancePhase.Repairing);
        instance.ComputeBilled.ShouldBeTrue();
    }

    [Fact]
    public async Task RunningWherePermissionForTheStatusLacks_IsRunning()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().On("DescribeInstances", Instances(Instance("running"))).Fail("DescribeInstanceStatus", "UnauthorizedOperation", status: 403));

        (await cloud.Driver.TryGetAsync(Id, default)).ShouldNotBeNull().Phase.ShouldBe(InstancePhase.Running);
    }

    [Fact]
    public async Task IdNotYetVisible_IsNull_AndThenThere()
    {
        var script = new ScriptedEc2().Fail("DescribeInstances", "InvalidInstanceID.NotFound", $"The instance ID '{Id}' does not exist").On("DescribeInstances", Instances(Instance("pending")));
        await using var cloud = AwsTestCloud.On(script);

        (await cloud.Driver.TryGetAsync(Id, default)).ShouldBeNull();
        (await cloud.Driver.TryGetAsync(Id, default)).ShouldNotBeNull().Phase.ShouldBe(InstancePhase.Provisioning);
    }

    [Fact]
    public async Task MalformedId_IsNull()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().Fail("DescribeInstances", "InvalidInstanceID.Malformed", "Invalid id: \"nonsense\""));

        (await cloud.Driver.TryGetAsync("nonsense", default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("Server.InsufficientInstanceCapacity", CloudErrorCode.CapacityShortage, ErrorScope.Offer)]
    [InlineData("Server.InternalError", CloudErrorCode.Unavailable, ErrorScope.Zone)]
    [InlineData("Client.VolumeLimitExceeded", CloudErrorCode.QuotaExceeded, ErrorScope.Region)]
    [InlineData("Client.InternalError", CloudErrorCode.Conflict, ErrorScope.Request)]
    [InlineData("Client.InvalidSnapshot.NotFound", CloudErrorCode.NotFound, ErrorScope.Request)]
    public async Task InstanceThatEndedBeforeItRan_FailsItsLaunch(string reason, CloudErrorCode code, ErrorScope scope)
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().On("DescribeInstances", Instances(Instance("terminated", reason))));

        var check = await cloud.Driver.CheckAsync(Id, default);

        check.IsDone.ShouldBeTrue();
        var error = check.Error.ShouldNotBeNull();
        error.Code.ShouldBe(code);
        error.Scope.ShouldBe(scope);
        error.IsTransient.ShouldBeFalse();
        error.ProviderCode.ShouldBe(reason);
    }

    [Fact]
    public async Task LaunchWithInstancesOnTheirWay_IsPending_ThoughOneFailed()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().On(
            "DescribeInstances",
            Instances(Instance("terminated", "Server.InsufficientInstanceCapacity"), Instance("pending", id: "i-1234567890abcdef1"))));

        (await cloud.Driver.CheckAsync(Id, default)).IsDone.ShouldBeFalse();
    }

    [Theory]
    [InlineData("running", null)]
    [InlineData("terminated", "Client.UserInitiatedShutdown")]
    [InlineData("terminated", "Server.SpotInstanceTermination")]
    [InlineData("stopped", "Server.ScheduledStop")]
    public async Task LaunchWhoseInstancesRan_IsDone(string state, string? reason)
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().On("DescribeInstances", Instances(Instance(state, reason))));

        var check = await cloud.Driver.CheckAsync(Id, default);

        check.IsDone.ShouldBeTrue();
        check.Error.ShouldBeNull();
    }

    [Fact]
    public async Task LaunchThatEc2HasForgotten_IsDone()
    {
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().On("DescribeInstances", "<reservationSet/>"));

        (await cloud.Driver.CheckAsync(Id, default)).ShouldBe(SkyCompat.Drivers.OperationCheck.Done);
    }

    [Fact]
    public void StateThatEc2DoesNotHaveToday_IsUnknown_AndDoesNotFail() => SkyCompat.Aws.Ec2InstanceMapper.PhaseOf("contemplating", null).Phase.ShouldBe(InstancePhase.Unknown);

    [Fact]
    public async Task CreationTime_IsThatOfTheFirstNetworkInterface_NotOfTheLastStart()
    {
        const string network = "<networkInterfaceSet><item><networkInterfaceId>eni-1</networkInterfaceId><attachment><deviceIndex>0</deviceIndex><status>attached</status><attachTime>2025-01-01T00:00:00.000Z</attachTime></attachment></item></networkInterfaceSet>";
        await using var cloud = AwsTestCloud.On(new ScriptedEc2().On("DescribeInstances", Instances(Instance("stopped", extra: network))));

        (await cloud.Driver.TryGetAsync(Id, default)).ShouldNotBeNull().CreatedAt.ShouldBe(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }
}
