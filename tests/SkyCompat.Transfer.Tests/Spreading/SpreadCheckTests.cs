using SkyCompat.Local;
using SkyCompat.Transfer.Spreading;
using SkyCompat.Transfer.Tests.Support;
using SkyCompat.Workloads;

namespace SkyCompat.Transfer.Tests.Spreading;

/// <summary>What can be known to be wrong before any request.</summary>
public sealed class SpreadCheckTests
{
    [Theory]
    [InlineData("folder", "between two buckets")]
    [InlineData("one object", "all objects under a prefix")]
    [InlineData("names", "takes no list of names")]
    [InlineData("journal", "leave JournalPath out")]
    [InlineData("range", "After must come before UpTo")]
    [InlineData("workers", "Workers is from 1 to 1000")]
    [InlineData("shard objects", "ShardObjects is from 1")]
    [InlineData("shard bytes", "ShardBytes is at least 1")]
    [InlineData("retries", "Retries is from 0")]
    [InlineData("grace", "must not be negative")]
    [InlineData("this machine", "which is this machine")]
    public async Task RunOnCluster_WhatCannotBe_IsRefusedBeforeAnyRequest(string what, string said)
    {
        var faults = new FaultPlan();
        await using var world = await SpreadWorld.CreateAsync(1, faultsOfB: faults);
        faults.Add(new FaultRule { Kind = FaultKind.Status, StatusCode = 500 });

        var refused = await Should.ThrowAsync<CloudException>(() => world.Transfers.RunOnClusterAsync(Spoil(world.Request, what), Spoil(SpreadWorld.Options, what), cancellationToken: TransferWorld.Token));

        refused.Code.ShouldBe(CloudErrorCode.InvalidArgument, what);
        refused.Message.ShouldContain(said);
        faults.Injected.ShouldBe(0);
        if (what == "this machine")
        {
            refused.Reason.ShouldBe(WorkloadErrorReasons.NoBucketCredentials);
        }
    }

    [Fact]
    public async Task RunOnCluster_MirrorOfListsWithoutOrder_IsRefused()
    {
        await using var world = await SpreadWorld.CreateAsync(1);
        var request = world.Request with { Mode = TransferMode.Mirror, Destination = TransferLocation.FromPrefix(new LimitedBucket(world.B, ObjectStorage.BucketFeatures.OrderedList)) };
        using var fleet = world.NewFleet(request: request);

        (await Should.ThrowAsync<CloudException>(() => world.RunAsync(fleet, request))).Code.ShouldBe(CloudErrorCode.Unsupported);
        fleet.Started.ShouldBe(0);
    }

    [Fact]
    public void Id_IsThatOfTheRequest()
    {
        var plan = new TransferPlan
        {
            Version = 1,
            Identity = "Copy a:b/ to c:d/",
            SourcePath = "",
            DestinationPath = "",
            Mode = TransferMode.Copy,
            Filter = TransferFilter.All,
            Options = TransferOptions.Default,
        };

        SharedJournal.IdOf(plan).ShouldBe(SharedJournal.IdOf(plan with { Filter = new TransferFilter() }));
        (SharedJournal.IdOf(plan with { Filter = new TransferFilter { Include = ["*"] } }) == SharedJournal.IdOf(plan)).ShouldBeFalse();
        (SharedJournal.IdOf(plan with { Options = new TransferOptions { IncludeTags = false } }) == SharedJournal.IdOf(plan)).ShouldBeFalse();
        SharedJournal.IdOf(plan).ShouldMatch("^[0-9a-f]{16}$");
    }

    private static TransferRequest Spoil(TransferRequest request, string what) => what switch
    {
        "folder" => request with { Source = TransferLocation.FromFolder(Path.GetTempPath()) },
        "one object" => request with { Source = TransferLocation.FromObject(request.Source.Bucket!, "x"), Destination = TransferLocation.FromObject(request.Destination.Bucket!, "x") },
        "names" => request with { Names = AsyncEnumerable.Empty<string>() },
        "journal" => request with { Options = new TransferOptions { JournalPath = "journal" } },
        "range" => request with { Range = new TransferRange { After = "b", UpTo = "a" } },
        _ => request,
    };

    private static ClusterTransferOptions Spoil(ClusterTransferOptions options, string what) => what switch
    {
        "workers" => options with { Workers = 0 },
        "shard objects" => options with { ShardObjects = 0 },
        "shard bytes" => options with { ShardBytes = 0 },
        "retries" => options with { Retries = -1 },
        "grace" => options with { UnschedulableGrace = TimeSpan.FromSeconds(-1) },
        _ => options,
    };
}
