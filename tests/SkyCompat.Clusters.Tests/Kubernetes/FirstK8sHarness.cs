namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>The cluster of most tests.</summary>
public sealed class FirstK8sHarness : K8sHarness
{
    private protected override K8sServer Server => K8sServer.First;
}
