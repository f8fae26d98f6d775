namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>The real clusters are of 1.20: cron jobs and disruption budgets were betas then, and autoscalers of memory too.</summary>
public sealed class OldClusterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_OnAnOldCluster_TakesTheVersionsThatThereAre()
    {
        await using var cluster = await TestCluster.OpenAsync();
        var cron = TestCluster.Job("nightly", "true") with { Kind = WorkloadKind.CronJob, Schedule = "@daily" };
        var app = TestCluster.Server("app", "sleep 1000") with
        {
            Resources = new WorkloadResources { Cpu = 0.01, MemoryBytes = 1 << 20 },
            Autoscale = new WorkloadAutoscale(1, 3) { MemoryPercent = 70 },
            MinAvailable = 1,
        };

        var applied = (await cluster.Workloads.ApplyAsync(cron, cancellationToken: Token)).Objects.Concat((await cluster.Workloads.ApplyAsync(app, cancellationToken: Token)).Objects);

        applied.Select(item => $"{item.Kind} {item.ApiVersion}").ShouldBe(
            ["CronJob batch/v1beta1", "Deployment apps/v1", "HorizontalPodAutoscaler autoscaling/v2beta2", "PodDisruptionBudget policy/v1beta1"]);
        (await cluster.Workloads.ApplyAsync(app, cancellationToken: Token)).Changed.ShouldBeFalse();
    }
}
