using System.Collections.ObjectModel;
using SkyCompat.Clusters;
using SkyCompat.Compute;
using SkyCompat.Conformance.Internal;

namespace SkyCompat.Conformance.Suites;

/// <summary>Cases of the life of clusters.</summary>
internal static class ClusterCases
{
    private const ClusterFeatures Life = ClusterFeatures.Lifecycle | ClusterFeatures.List;

    public static IReadOnlyList<ClusterCase> All { get; } =
    [
        new("cluster.create", "A cluster is created, runs with its pools, and carries owner and key.", Create) { Requires = Life | ClusterFeatures.NodePools },
        new("cluster.create.key", "Creating twice with one key makes one cluster.", CreateTwice) { Requires = Life },
        new("cluster.create.key.reused", "The key with other parameters is a Conflict.", ReuseKey) { Requires = Life },
        new("cluster.create.name.taken", "A name that another owner's cluster has is taken.", TakeName) { Requires = Life },
        new("cluster.create.version.refused", "A version that is not on offer makes nothing and names those that are.", RefuseVersion) { Requires = Life | ClusterFeatures.Upgrade },
        new("cluster.create.malformed", "What is malformed fails before any request.", RefuseMalformed) { Requires = Life },
        new("cluster.resume", "An operation goes on in another process from its token.", Resume) { Requires = Life },
        new("cluster.resume.bad", "What is no token is refused.", RefuseToken),
        new("cluster.missing", "A cluster that does not exist has no information, is deleted already and cannot be upgraded.", Missing) { Requires = Life | ClusterFeatures.Upgrade },
        new("cluster.list", "A cluster is listed for its owner only, and with the others on demand.", List) { Requires = Life },
        new("cluster.versions", "Versions are listed, the newest first, at most one of them the default.", Versions) { Requires = ClusterFeatures.Upgrade },
        new("cluster.upgrade", "A cluster is upgraded, then a pool; upgrading again is done already.", Upgrade) { Requires = Life | ClusterFeatures.Upgrade | ClusterFeatures.NodePools },
        new("cluster.delete", "Deleting a cluster deletes its pools and ends with nothing.", Delete) { Requires = Life },
        new("cluster.delete.creating", "A cluster is deleted while it is created.", DeleteWhileCreating) { Requires = Life },
        new("cluster.access", "Access has server, authority and a credential, and tells no secret.", Access) { Requires = Life },
        new("cluster.access.creating", "A cluster that is being created has no API server.", AccessWhileCreating) { Requires = Life },
        new("cluster.access.missing", "A cluster that does not exist cannot be accessed.", AccessMissing),
        new("cluster.sweep", "A sweep tells what it would delete, then deletes it and nothing else.", Sweep) { Requires = Life },
    ];

    private static async Task Create(ClusterContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec();
        var info = await context.Clusters.CreateAndWaitAsync(spec, cancellationToken);
        Expect.Equal(ClusterPhase.Running, info.Phase, "phase");
        Expect.Equal(spec.IdempotencyKey, info.Name, "name");
        Expect.Equal(spec.IdempotencyKey, info.Tags.GetValueOrDefault(ComputeTags.Key), "key");
        Expect.NotNull(info.Tags.GetValueOrDefault(ComputeTags.Owner), "owner");
        Expect.NotNull(info.Version, "version");
        Expect.Equal(context.Clusters.Name, info.Cloud, "cloud");
        var pool = (await ClusterContext.PoolsAsync(context.Clusters.GetCluster(info.Name), cancellationToken)).Single();
        Expect.Equal("main", pool.Name, "pool");
        Expect.Equal(ClusterPhase.Running, pool.Phase, "phase of the pool");
        Expect.Equal(context.Harness.InstanceType, pool.InstanceType, "instance type");
    }

    private static async Task CreateTwice(ClusterContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec();
        var first = await context.Clusters.CreateAsync(spec, cancellationToken);
        var second = await context.Harness.OpenAgain().CreateAsync(spec, cancellationToken);
        var (a, b) = (await first.WaitAsync(null, cancellationToken), await second.WaitAsync(null, cancellationToken));
        Expect.Equal(a.Cluster!.Id, b.Cluster!.Id, "id");
        Expect.Equal(1, (await ClusterContext.NamesAsync(context.Clusters, cancellationToken)).Count(name => name == spec.IdempotencyKey), "clusters of the name");
    }

    private static async Task ReuseKey(ClusterContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec();
        await context.Clusters.CreateAndWaitAsync(spec, cancellationToken);
        var error = await Expect.ThrowsAsync<CloudException>(() => context.Clusters.CreateAsync(spec with { Pools = [context.Pool("main") with { Count = 2 }] }, cancellationToken));
        Expect.Equal((CloudErrorCode.Conflict, ClusterErrorReasons.KeyReused), (error.Code, error.Reason), "error");
    }

    private static async Task TakeName(ClusterContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec();
        await context.Clusters.CreateAndWaitAsync(spec, cancellationToken);
        var error = await Expect.ThrowsAsync<CloudException>(() => context.Harness.OpenAlone().CreateAsync(spec, cancellationToken));
        Expect.Equal((CloudErrorCode.AlreadyExists, ClusterErrorReasons.NameTaken), (error.Code, error.Reason), "error");
    }

    private static async Task RefuseVersion(ClusterContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec() with { Version = "1.2" };
        var error = await Expect.ThrowsAsync<CloudException>(() => context.Clusters.CreateAsync(spec, cancellationToken));
        Expect.Equal((CloudErrorCode.InvalidArgument, ClusterErrorReasons.VersionNotOffered), (error.Code, error.Reason), "error");
        var offered = (await context.Clusters.ListVersionsAsync(cancellationToken))[0].Name;
        Expect.True(error.Message.Contains(offered, StringComparison.Ordinal), $"'{error.Message}' names {offered}");
        Expect.Equal(null, await context.Clusters.GetCluster(spec.IdempotencyKey).TryGetInfoAsync(cancellationToken), "cluster");
    }

    private static async Task RefuseMalformed(ClusterContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec();
        await Expect.ThrowsAsync<ArgumentException>(() => context.Clusters.CreateAsync(spec with { IdempotencyKey = "Upper_Case" }, cancellationToken));
        await Expect.ThrowsAsync<ArgumentException>(() => context.Clusters.CreateAsync(spec with { Pools = [context.Pool("a"), context.Pool("a")] }, cancellationToken));
        await Expect.ThrowsAsync<ArgumentException>(() => context.Clusters.CreateAsync(spec with { Pools = [context.Pool("-")] }, cancellationToken));
        await Expect.ThrowsAsync<ArgumentException>(() => context.Clusters.CreateAsync(spec with { Pools = [context.Pool("a") with { Count = -1 }] }, cancellationToken));
        await Expect.ThrowsAsync<ArgumentException>(() => context.Clusters.CreateAsync(spec with { Pools = [context.Pool("a") with { Taints = [new NodeTaint("kubernetes.io/x")] }] }, cancellationToken));
        Expect.Equal(null, await context.Clusters.GetCluster(spec.IdempotencyKey).TryGetInfoAsync(cancellationToken), "cluster");
    }

    private static async Task Resume(ClusterContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec();
        var token = (await context.Clusters.CreateAsync(spec, cancellationToken)).Token;
        var status = await context.Harness.OpenAgain().Resume(token).WaitAsync(null, cancellationToken);
        Expect.Equal((ClusterOperationState.Succeeded, ClusterPhase.Running), (status.State, status.Cluster!.Phase), "status");
        Expect.Equal(spec.Pools.Count, status.Pools.Count, "pools");
        token = (await context.Clusters.GetCluster(spec.IdempotencyKey).DeleteAsync(cancellationToken)).Token;
        await context.Harness.OpenAgain().Resume(token).WaitAsync(null, cancellationToken);
        Expect.Equal(null, await context.Clusters.GetCluster(spec.IdempotencyKey).TryGetInfoAsync(cancellationToken), "cluster");
    }

    private static Task RefuseToken(ClusterContext context, CancellationToken cancellationToken)
    {
        foreach (var token in (string[])["x", "e30", "!!", "eyJ2ZXJzaW9uIjoxfQ"])
        {
            try
            {
                context.Clusters.Resume(token);
            }
            catch (CloudException exception)
            {
                Expect.Equal((CloudErrorCode.InvalidArgument, ClusterErrorReasons.BadOperationToken), (exception.Code, exception.Reason), "error");
                continue;
            }

            throw new ConformanceException($"'{token}' was taken for a token.");
        }

        return Task.CompletedTask;
    }

    private static async Task Missing(ClusterContext context, CancellationToken cancellationToken)
    {
        var cluster = context.Clusters.GetCluster(context.Harness.NewKey("none"));
        Expect.Equal(null, await cluster.TryGetInfoAsync(cancellationToken), "information");
        Expect.Equal(ClusterOperationState.Succeeded, (await (await cluster.DeleteAsync(cancellationToken)).PollAsync(cancellationToken)).State, "deletion");
        var version = (await context.Clusters.ListVersionsAsync(cancellationToken))[0].Name;
        var error = await Expect.ThrowsAsync<CloudException>(() => cluster.UpgradeAsync(version, cancellationToken));
        Expect.Equal((CloudErrorCode.NotFound, ClusterErrorReasons.ClusterNotFound), (error.Code, error.Reason), "error");
    }

    private static async Task List(ClusterContext context, CancellationToken cancellationToken)
    {
        var name = (await context.RunningAsync(cancellationToken)).Name;
        var other = context.Harness.OpenAlone();
        Expect.True((await ClusterContext.NamesAsync(context.Clusters, cancellationToken)).Contains(name, StringComparer.Ordinal), "its owner sees it");
        Expect.Equal(0, (await ClusterContext.NamesAsync(other, cancellationToken)).Count, "clusters of another owner");
        var all = new List<string>();
        await foreach (var info in other.ListAsync(includeForeign: true, cancellationToken))
        {
            all.Add(info.Name);
        }

        Expect.True(all.Contains(name, StringComparer.Ordinal), "everybody sees it on demand");
    }

    private static async Task Versions(ClusterContext context, CancellationToken cancellationToken)
    {
        var versions = await context.Clusters.ListVersionsAsync(cancellationToken);
        Expect.True(versions.Count > 0, "there are some");
        Expect.True(versions.Count(version => version.IsDefault) <= 1, "one default");
        var minors = versions.Select(version => int.Parse(version.Name.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Expect.True(minors.SequenceEqual(minors.OrderDescending()), "newest first");
    }

    private static async Task Upgrade(ClusterContext context, CancellationToken cancellationToken)
    {
        var versions = (await context.Clusters.ListVersionsAsync(cancellationToken)).Where(version => !version.IsPreview).ToList();
        var (newer, older) = (versions[0].Name, versions.FirstOrDefault(version => Minor(version) == Minor(versions[0]) - 1)?.Name ?? throw new ConformanceSkipException("There are not two minor versions next to each other."));
        var spec = context.Spec() with { Version = older };
        var info = await context.Clusters.CreateAndWaitAsync(spec, cancellationToken);
        Expect.Equal(older, info.Version, "version");
        var cluster = context.Clusters.GetCluster(info.Name);
        var status = await (await cluster.UpgradeAsync(newer, cancellationToken)).WaitAsync(null, cancellationToken);
        Expect.Equal((newer, ClusterPhase.Running), (status.Cluster!.Version, status.Cluster.Phase), "upgraded");
        Expect.Equal(ClusterOperationState.Succeeded, (await (await cluster.UpgradeAsync(newer, cancellationToken)).PollAsync(cancellationToken)).State, "again");
        var pool = (await (await cluster.GetNodePools().UpgradeAsync("main", null, cancellationToken)).WaitAsync(null, cancellationToken)).Pools.Single();
        Expect.True(pool.Version is null || pool.Version == newer, $"the pool has {newer}, not {pool.Version}");

        static int Minor(ClusterVersion version) => int.Parse(version.Name.Split('.')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task Delete(ClusterContext context, CancellationToken cancellationToken)
    {
        var cluster = await context.RunningAsync(cancellationToken);
        var operation = await cluster.DeleteAsync(cancellationToken);
        Expect.Equal(ClusterOperationState.Succeeded, (await operation.WaitAsync(null, cancellationToken)).State, "state");
        Expect.Equal(null, await cluster.TryGetInfoAsync(cancellationToken), "cluster");
        Expect.True(!(await ClusterContext.NamesAsync(context.Clusters, cancellationToken)).Contains(cluster.Name, StringComparer.Ordinal), "it is not listed");
    }

    private static async Task DeleteWhileCreating(ClusterContext context, CancellationToken cancellationToken)
    {
        var cluster = await BeginAsync(context, cancellationToken);
        await (await cluster.DeleteAsync(cancellationToken)).WaitAsync(null, cancellationToken);
        Expect.Equal(null, await cluster.TryGetInfoAsync(cancellationToken), "cluster");
    }

    private static async Task Access(ClusterContext context, CancellationToken cancellationToken)
    {
        var cluster = await context.RunningAsync(cancellationToken);
        var access = await cluster.OpenAccessAsync(cancellationToken);
        Expect.Equal("https", access.Server.Scheme, "scheme");
        Expect.True(access.CertificateAuthority?.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal) == true, "an authority");
        var credential = await access.Credentials.GetAsync(cancellationToken);
        var secret = Expect.NotNull(credential.BearerToken ?? credential.ClientKey, "credential");
        Expect.True(!$"{access}{credential}{access.Credentials}".Contains(secret, StringComparison.Ordinal), "no text tells the secret");
        Expect.True(ReferenceEquals(credential, await access.Credentials.GetAsync(cancellationToken)), "it is kept");
        access.Credentials.Invalidate(credential);
        Expect.True(!ReferenceEquals(credential, await access.Credentials.GetAsync(cancellationToken)), "it is renewed once refused");
        var kubeconfig = await cluster.ExportKubeconfigAsync(cancellationToken);
        Expect.True(kubeconfig.Contains(access.Server.Host, StringComparison.Ordinal) && kubeconfig.Contains("certificate-authority-data", StringComparison.Ordinal), "kubeconfig");
    }

    private static async Task AccessWhileCreating(ClusterContext context, CancellationToken cancellationToken)
    {
        var cluster = await BeginAsync(context, cancellationToken);
        var error = await Expect.ThrowsAsync<CloudException>(() => cluster.OpenAccessAsync(cancellationToken));
        Expect.Equal((CloudErrorCode.Conflict, ClusterErrorReasons.ClusterNotReady), (error.Code, error.Reason), "error");
    }

    /// <summary>A cluster that the provider shows and that is not done; its network may have to be made before.</summary>
    private static async Task<ICluster> BeginAsync(ClusterContext context, CancellationToken cancellationToken)
    {
        var spec = context.Spec();
        var operation = await context.Clusters.CreateAsync(spec, cancellationToken);
        var cluster = context.Clusters.GetCluster(spec.IdempotencyKey);
        while (await cluster.TryGetInfoAsync(cancellationToken) is null)
        {
            await operation.PollAsync(cancellationToken);
        }

        return cluster;
    }

    private static async Task AccessMissing(ClusterContext context, CancellationToken cancellationToken)
    {
        var error = await Expect.ThrowsAsync<CloudException>(() => context.Clusters.GetCluster(context.Harness.NewKey("none")).OpenAccessAsync(cancellationToken));
        Expect.Equal((CloudErrorCode.NotFound, ClusterErrorReasons.ClusterNotFound), (error.Code, error.Reason), "error");
    }

    private static async Task Sweep(ClusterContext context, CancellationToken cancellationToken)
    {
        var clusters = context.Harness.OpenAlone();
        var (kept, lost) = (context.Spec(), context.Spec());
        await clusters.CreateAndWaitAsync(kept, cancellationToken);
        await clusters.CreateAndWaitAsync(lost, cancellationToken);
        var options = new SweepOptions { KeepKeys = new ReadOnlySet<string>(new HashSet<string>(StringComparer.Ordinal) { kept.IdempotencyKey }), MinAge = TimeSpan.Zero };
        Expect.Equal(SweepOutcome.WouldRemove, (await OutcomesAsync(options))[lost.IdempotencyKey], "dry run");
        var outcomes = await OutcomesAsync(options with { DryRun = false });
        Expect.Equal((SweepOutcome.Removed, SweepOutcome.Kept), (outcomes[lost.IdempotencyKey], outcomes[kept.IdempotencyKey]), "sweep");
        Expect.True((await ClusterContext.NamesAsync(clusters, cancellationToken)).SequenceEqual([kept.IdempotencyKey], StringComparer.Ordinal), "what is left");

        async Task<Dictionary<string, SweepOutcome>> OutcomesAsync(SweepOptions how)
        {
            var found = new Dictionary<string, SweepOutcome>(StringComparer.Ordinal);
            await foreach (var result in clusters.SweepAsync(how, cancellationToken))
            {
                found[result.Resource.Id] = result.Outcome;
            }

            return found;
        }
    }
}
