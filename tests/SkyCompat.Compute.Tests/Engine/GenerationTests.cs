namespace SkyCompat.Compute.Tests.Engine;

/// <summary>Providers that answer a client token with what it made although that is deleted.</summary>
public sealed class GenerationTests
{
    private static readonly LaunchSpec Web = new() { IdempotencyKey = "web", Image = ImageReference.OfFamily("any") };

    public static TheoryData<string> Kinds { get; } = ["disk", "snapshot", "address", "instance"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task MadeAgainAfterDeletion_InTheSameProcess_IsNewWithoutAWait(string kind)
    {
        // A wait for something that is gone would take longer than the test may.
        var cloud = new ScriptedCompute { Grace = TimeSpan.FromHours(1) };
        using var host = new ScriptedHost(cloud);
        var ids = new List<string>();
        for (var time = 0; time < 4; time++)
        {
            var id = await MakeAsync(host.Compute, kind).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            ids.Add(id);
            await DeleteAsync(host.Compute, kind, id);
        }

        ids.ShouldBeUnique(StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task MadeAgainAfterDeletion_InAnotherProcess_IsNew(string kind)
    {
        var cloud = new ScriptedCompute();
        var ids = new List<string>();
        for (var time = 0; time < 4; time++)
        {
            using var host = new ScriptedHost(cloud);
            ids.Add(await MakeAsync(host.Compute, kind));
            cloud.Things.Clear();
            cloud.Instances.Clear();
        }

        ids.ShouldBeUnique(StringComparer.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task CutOff_AfterItWasMadeAnew_IsFoundByAnotherProcess(string kind)
    {
        var cloud = new ScriptedCompute();
        using (var first = new ScriptedHost(cloud))
        {
            await MakeAsync(first.Compute, kind);
        }

        cloud.Things.Clear();
        cloud.Instances.Clear();
        using var second = new ScriptedHost(cloud);
        var made = await MakeAsync(second.Compute, kind);
        if (kind == "instance")
        {
            // Its tags are not shown yet, so that only the token can find it.
            cloud.Instances[made] = cloud.Instances[made] with { Tags = new Dictionary<string, string>(StringComparer.Ordinal) };
        }

        using var third = new ScriptedHost(cloud);
        (await MakeAsync(third.Compute, kind)).ShouldBe(made);
        (cloud.Things.Count + cloud.Instances.Count).ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task NotShownYet_IsWaitedFor_AndMadeOnce(string kind)
    {
        var cloud = new ScriptedCompute { Grace = TimeSpan.FromHours(1) };
        using var host = new ScriptedHost(cloud);
        cloud.HiddenLooks = 3;

        await MakeAsync(host.Compute, kind);

        cloud.Tokens.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task DiskThatIsListedWhileItIsDeleted_IsMadeAnew()
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { [ComputeTags.Owner] = "skycompat", [ComputeTags.Key] = "data" };
        var cloud = new ScriptedCompute { ListedDisks = [new Disk("old", 1, new CloudLocation("here", "a")) { Name = "data", Tags = tags, RawState = "deleting" }] };
        using var host = new ScriptedHost(cloud);

        (await MakeAsync(host.Compute, "disk")).ShouldNotBe("old", StringComparer.Ordinal);
    }

    [Fact]
    public async Task GoneAtOnce_AgainAndAgain_IsAnErrorAndNoEndlessLoop()
    {
        var cloud = new ScriptedCompute { HiddenLooks = int.MaxValue };
        using var host = new ScriptedHost(cloud);

        var error = await Should.ThrowAsync<CloudException>(() => host.Compute.GetRequiredService<IPublicAddresses>().ReserveAsync("front", null, TestContext.Current.CancellationToken));

        (error.Code, error.IsTransient).ShouldBe((CloudErrorCode.Conflict, false));
        cloud.Tokens.ShouldBeUnique(StringComparer.Ordinal);
    }

    private static async Task<string> MakeAsync(IComputeService compute, string kind)
    {
        var token = TestContext.Current.CancellationToken;
        return kind switch
        {
            "disk" => (await compute.GetRequiredService<IDisks>().CreateAsync(new DiskSpec("data", 1, new CloudLocation("here", "a")), token)).Id,
            "snapshot" => (await compute.GetRequiredService<ISnapshots>().CreateAsync(ScriptedCompute.LastingDisk, "monday", token)).Id,
            "address" => (await compute.GetRequiredService<IPublicAddresses>().ReserveAsync("front", null, token)).Id,
            _ => (await (await compute.LaunchAsync(Web, ScriptedCompute.Offer, token)).PollAsync(token)).Instances.Single().Id,
        };
    }

    private static Task DeleteAsync(IComputeService compute, string kind, string id) => kind switch
    {
        "disk" => compute.GetRequiredService<IDisks>().DeleteAsync(id),
        "snapshot" => compute.GetRequiredService<ISnapshots>().DeleteAsync(id),
        "address" => compute.GetRequiredService<IPublicAddresses>().ReleaseAsync(id),
        _ => compute.TerminateAsync(id),
    };
}
