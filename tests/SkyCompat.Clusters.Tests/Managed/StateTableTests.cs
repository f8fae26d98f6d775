using System.Text.Json;
using SkyCompat.Alibaba;
using SkyCompat.Aws;
using SkyCompat.Azure;
using SkyCompat.Google;

namespace SkyCompat.Clusters.Tests.Managed;

/// <summary>What each state of each provider means.</summary>
public sealed class StateTableTests
{
    [Theory]
    [InlineData("CREATING", false, ClusterPhase.Creating)]
    [InlineData("PENDING", false, ClusterPhase.Creating)]
    [InlineData("ACTIVE", false, ClusterPhase.Running)]
    [InlineData("ACTIVE", true, ClusterPhase.Degraded)]
    [InlineData("UPDATING", false, ClusterPhase.Updating)]
    [InlineData("DELETING", false, ClusterPhase.Deleting)]
    [InlineData("FAILED", false, ClusterPhase.Failed)]
    [InlineData("NEW_ONE", false, ClusterPhase.Unknown)]
    [InlineData(null, false, ClusterPhase.Unknown)]
    public void Eks_Cluster(string? state, bool issues, ClusterPhase phase) => EksStates.OfCluster(state, issues).ShouldBe(phase);

    [Theory]
    [InlineData("CREATING", ClusterPhase.Creating)]
    [InlineData("ACTIVE", ClusterPhase.Running)]
    [InlineData("UPDATING", ClusterPhase.Updating)]
    [InlineData("DEGRADED", ClusterPhase.Degraded)]
    [InlineData("CREATE_FAILED", ClusterPhase.Failed)]
    [InlineData("DELETE_FAILED", ClusterPhase.Failed)]
    [InlineData("DELETING", ClusterPhase.Deleting)]
    public void Eks_Pool(string state, ClusterPhase phase) => EksStates.OfPool(state, hasIssues: false).ShouldBe(phase);

    [Theory]
    [InlineData("InstanceLimitExceeded", "", CloudErrorCode.QuotaExceeded)]
    [InlineData("AsgInstanceLaunchFailures", "Could not launch Spot Instances. InsufficientInstanceCapacity", CloudErrorCode.CapacityShortage)]
    [InlineData("AsgInstanceLaunchFailures", "You have requested more vCPU capacity than your current vCPU limit of 32 allows", CloudErrorCode.QuotaExceeded)]
    [InlineData("InsufficientFreeAddresses", "", CloudErrorCode.CapacityShortage)]
    [InlineData("AccessDenied", "", CloudErrorCode.PermissionDenied)]
    [InlineData("Ec2SubnetNotFound", "", CloudErrorCode.NotFound)]
    [InlineData("InternalFailure", "", CloudErrorCode.Unknown)]
    public void Eks_Issue(string code, string message, CloudErrorCode reason) =>
        EksStates.Issues(Parse(JsonSerializer.Serialize(new { health = new { issues = new[] { new { code, message } } } }))).Single().ShouldBe(new ClusterIssue(code, message, reason));

    [Theory]
    [InlineData("PROVISIONING", ClusterPhase.Creating)]
    [InlineData("RUNNING", ClusterPhase.Running)]
    [InlineData("RECONCILING", ClusterPhase.Updating)]
    [InlineData("DEGRADED", ClusterPhase.Degraded)]
    [InlineData("RUNNING_WITH_ERROR", ClusterPhase.Degraded)]
    [InlineData("STOPPING", ClusterPhase.Deleting)]
    [InlineData("ERROR", ClusterPhase.Failed)]
    [InlineData("STATUS_UNSPECIFIED", ClusterPhase.Unknown)]
    public void Gke(string state, ClusterPhase phase) => GkeStates.Of(state).ShouldBe(phase);

    [Theory]
    [InlineData("GCE_STOCKOUT", CloudErrorCode.CapacityShortage)]
    [InlineData("GCE_QUOTA_EXCEEDED", CloudErrorCode.QuotaExceeded)]
    [InlineData("GKE_SERVICE_ACCOUNT_DELETED", CloudErrorCode.NotFound)]
    [InlineData("CLOUD_KMS_KEY_ERROR", CloudErrorCode.PermissionDenied)]
    [InlineData("CA_EXPIRING", CloudErrorCode.Unknown)]
    public void Gke_Condition(string code, CloudErrorCode reason) =>
        GkeStates.Issues(Parse(JsonSerializer.Serialize(new { conditions = new[] { new { code, message = "m" } } }))).Single().ShouldBe(new ClusterIssue(code, "m", reason));

    [Theory]
    [InlineData("initial", ClusterPhase.Creating)]
    [InlineData("waiting", ClusterPhase.Creating)]
    [InlineData("running", ClusterPhase.Running)]
    [InlineData("updating", ClusterPhase.Updating)]
    [InlineData("scaling", ClusterPhase.Updating)]
    [InlineData("updating_failed", ClusterPhase.Degraded)]
    [InlineData("disconnected", ClusterPhase.Degraded)]
    [InlineData("stopped", ClusterPhase.Stopped)]
    [InlineData("deleting", ClusterPhase.Deleting)]
    [InlineData("deleted", ClusterPhase.Gone)]
    [InlineData("delete_failed", ClusterPhase.Failed)]
    [InlineData("failed", ClusterPhase.Failed)]
    [InlineData("frozen", ClusterPhase.Unknown)]
    public void Ack_Cluster(string state, ClusterPhase phase) => AckStates.OfCluster(state).ShouldBe(phase);

    [Theory]
    [InlineData("active", ClusterPhase.Running)]
    [InlineData("scaling", ClusterPhase.Updating)]
    [InlineData("removing", ClusterPhase.Updating)]
    [InlineData("updating", ClusterPhase.Updating)]
    [InlineData("deleting", ClusterPhase.Deleting)]
    [InlineData("strange", ClusterPhase.Unknown)]
    public void Ack_Pool(string state, ClusterPhase phase) => AckStates.OfPool(state).ShouldBe(phase);

    [Theory]
    [InlineData("Creating", "Running", null, ClusterPhase.Creating)]
    [InlineData("Succeeded", "Running", "1.33.4", ClusterPhase.Running)]
    [InlineData("Succeeded", "Stopped", "1.33.4", ClusterPhase.Stopped)]
    [InlineData("Updating", "Running", "1.33.4", ClusterPhase.Updating)]
    [InlineData("Upgrading", "Running", "1.33.4", ClusterPhase.Updating)]
    [InlineData("Starting", "Stopped", "1.33.4", ClusterPhase.Updating)]
    [InlineData("Stopping", "Running", "1.33.4", ClusterPhase.Updating)]
    [InlineData("Failed", "Running", "1.33.4", ClusterPhase.Degraded)]
    [InlineData("Failed", "Running", null, ClusterPhase.Failed)]
    [InlineData("Canceled", "Running", "1.33.4", ClusterPhase.Failed)]
    [InlineData("Deleting", "Running", "1.33.4", ClusterPhase.Deleting)]
    [InlineData("Odd", "Running", "1.33.4", ClusterPhase.Unknown)]
    public void Aks(string state, string power, string? version, ClusterPhase phase)
    {
        var document = Parse(JsonSerializer.Serialize(new { properties = new { provisioningState = state, powerState = new { code = power }, currentKubernetesVersion = version, currentOrchestratorVersion = version } }));
        AksStates.OfCluster(document).ShouldBe(phase);
        AksStates.OfPool(document).ShouldBe(phase);
    }

    private static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
