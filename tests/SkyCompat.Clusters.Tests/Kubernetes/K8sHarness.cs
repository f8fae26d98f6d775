using k8s;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Conformance;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>A real Kubernetes, its one node with disks for the cases that need them.</summary>
public abstract class K8sHarness : WorkloadHarness
{
    private const int Disks = 2;

    private readonly string _storageClass = $"conf-{Guid.NewGuid():n}"[..16];
    private ServiceProvider? _services;

    public override string Provider => "Kubernetes 1.20";

    public override ICluster Cluster => _services!.GetRequiredService<ISky>().GetCluster("test");

    public override string ShellImage => TestCluster.Busybox;

    public override string BareImage => TestCluster.NoShell;

    public override string? StorageClass => _storageClass;

    private protected abstract K8sServer Server { get; }

    public override async ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) => await Server.UnavailableReasonAsync(cancellationToken);

    public override async ValueTask InitializeAsync(CancellationToken cancellationToken)
    {
        _services = TestCluster.Build(Server.Kubeconfig);

        // The cluster makes no disks by itself: folders of its node, which end with it.
        var volumes = Enumerable.Range(0, Disks).Select(number => $$"""
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: {{NameOf(number)}}}
            spec:
              storageClassName: {{_storageClass}}
              capacity: {storage: 1Gi}
              accessModes: [ReadWriteOnce]
              hostPath: {path: /run/{{NameOf(number)}}, type: DirectoryOrCreate}
            """);
        await Cluster.GetWorkloads().ApplyManifestAsync(string.Join("\n---\n", volumes), cancellationToken: cancellationToken);
    }

    public override async Task SetReplicasByHandAsync(IWorkloads workloads, string name, int replicas, CancellationToken cancellationToken)
    {
        var patch = new V1Patch($$$"""{"spec":{"replicas":{{{replicas}}}}}""", V1Patch.PatchType.MergePatch);
        await workloads.GetRequiredService<IKubernetes>().AppsV1.PatchNamespacedDeploymentAsync(patch, name, workloads.Name, fieldManager: "somebody", cancellationToken: cancellationToken);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        foreach (var number in Enumerable.Range(0, Disks))
        {
            await Cluster.GetWorkloads().GetRequiredService<IKubernetes>().CoreV1.DeletePersistentVolumeAsync(NameOf(number));
        }

        await _services!.DisposeAsync();
        await base.DisposeAsyncCore();
    }

    private string NameOf(int disk) => $"{_storageClass}-{disk}";
}
