namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>What keeps real pods from running is said at once, with the pod and the reason.</summary>
public sealed class RolloutTests : ClusterTest
{
    [Fact]
    public async Task Wait_ImageThatCannotBePulled_NamesPodAndImage()
    {
        var failure = await FailAsync(TestCluster.Server("app", "true") with { Image = "127.0.0.1:9/no/such:image" });

        failure.Reason.ShouldBe(WorkloadErrorReasons.ImagePull);
        failure.Code.ShouldBe(CloudErrorCode.Unavailable);
        failure.IsTransient.ShouldBeFalse();
        failure.Message.ShouldContain("127.0.0.1:9/no/such:image");
        failure.Message.ShouldContain((await Cluster.PodOfAsync("app")).Name);
    }

    [Fact]
    public async Task Wait_CrashLoop_HasExitCodeAndLastLines()
    {
        var failure = await FailAsync(NeverReady("echo the last words; exit 7"));

        failure.Reason.ShouldBe(WorkloadErrorReasons.CrashLoop);
        failure.Message.ShouldContain("exit code 7");
        failure.Message.ShouldContain("the last words");
    }

    [Fact]
    public async Task Wait_NoNodeHasRoom_HasTheSchedulersWords()
    {
        var failure = await FailAsync(TestCluster.Server("app", "sleep 1000") with { Resources = new WorkloadResources { Cpu = 999 } });

        failure.Reason.ShouldBe(WorkloadErrorReasons.Unschedulable);
        failure.Code.ShouldBe(CloudErrorCode.CapacityShortage);
        failure.Message.ShouldContain("Insufficient cpu");
    }

    [Fact]
    public async Task Wait_OutOfMemory_IsSaid()
    {
        var failure = await FailAsync(NeverReady("x=x; while :; do x=$x$x; done") with { Resources = new WorkloadResources { MaxMemoryBytes = 16 << 20 } });

        failure.Reason.ShouldBe(WorkloadErrorReasons.OutOfMemory);
        failure.Message.ShouldContain("MaxMemoryBytes");
    }

    [Fact]
    public async Task Wait_ProgramThatTheImageLacks_CannotStart()
    {
        var failure = await FailAsync(new Workload { Name = "app", Image = TestCluster.NoShell, Command = ["/bin/sh"] });

        failure.Reason.ShouldBe(WorkloadErrorReasons.CannotStart);
        failure.Message.ShouldContain("/bin/sh");
    }

    [Fact]
    public async Task Wait_FailedJob_HasExitCodeAndLastLines()
    {
        var failure = await FailAsync(TestCluster.Job("crunch", "echo cannot go on; exit 3"));

        failure.Reason.ShouldBe(WorkloadErrorReasons.JobFailed);
        failure.Message.ShouldContain("ended with 3");
        failure.Message.ShouldContain("cannot go on");
    }

    [Fact]
    public async Task Wait_JobPastItsDeadline_IsATimeout()
    {
        var failure = await FailAsync(TestCluster.Job("crunch", "sleep 1000") with { Job = new JobSettings { Deadline = TimeSpan.FromSeconds(2) } });

        failure.Code.ShouldBe(CloudErrorCode.Timeout);
        failure.Reason.ShouldBe(WorkloadErrorReasons.DeadlineExceeded);
        failure.IsTransient.ShouldBeFalse();
    }

    [Fact]
    public async Task Wait_Job_TellsProgressAndSucceeds()
    {
        var told = new List<WorkloadStatus>();
        await Workloads.ApplyAsync(TestCluster.Job("crunch", "echo done"), cancellationToken: Token);

        var status = await Workloads.WaitAsync("crunch", new WaitOptions { Progress = new Listener(told) }, Token);

        status.Phase.ShouldBe(WorkloadPhase.Succeeded);
        told.Last().ShouldBe(status);
    }

    [Fact]
    public async Task Wait_NothingOfThatName_IsNotFound() =>
        (await Should.ThrowAsync<CloudException>(() => Workloads.WaitAsync("nobody", cancellationToken: Token))).Code.ShouldBe(CloudErrorCode.NotFound);

    [Fact]
    public async Task Wait_LongerThanAllowed_IsATimeoutThatSaysWhereItStands()
    {
        await Workloads.ApplyAsync(NeverReady("sleep 1000"), cancellationToken: Token);

        var failure = await Should.ThrowAsync<CloudException>(() => Workloads.WaitAsync("app", new WaitOptions { Timeout = TimeSpan.FromSeconds(2) }, Token));

        failure.Code.ShouldBe(CloudErrorCode.Timeout);
        failure.Message.ShouldContain("0 of 1");
    }

    /// <summary>Without a probe a container is ready as soon as it runs, and what ends later ends after the rollout.</summary>
    private static Workload NeverReady(string script) => TestCluster.Server("app", script) with { ReadinessProbe = new WorkloadProbe { Command = ["false"] } };

    private async Task<CloudException> FailAsync(Workload workload)
    {
        await Workloads.ApplyAsync(workload, cancellationToken: Token);
        return await Should.ThrowAsync<CloudException>(() => Workloads.WaitAsync(workload.Name, cancellationToken: Token));
    }

    private sealed class Listener(List<WorkloadStatus> told) : IProgress<WorkloadStatus>
    {
        public void Report(WorkloadStatus value) => told.Add(value);
    }
}
