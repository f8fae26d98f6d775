namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>The cluster beside it.</summary>
public sealed class SecondK8sHarness : K8sHarness
{
    private protected override K8sServer Server => K8sServer.Second;
}
