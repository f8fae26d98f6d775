namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>The cluster beside it: in nightly runs, since it is of the same version and the suite takes minutes.</summary>
public sealed class SecondK8sHarness : K8sHarness
{
    public override bool MustBeAvailable => IsNightly && base.MustBeAvailable;

    private protected override K8sServer Server => K8sServer.Second;

    private static bool IsNightly => Environment.GetEnvironmentVariable("SKYCOMPAT_CONFORMANCE") is "nightly";

    public override async ValueTask<string?> UnavailableReasonAsync(CancellationToken cancellationToken) =>
        IsNightly ? await base.UnavailableReasonAsync(cancellationToken) : "The second cluster is of the version of the first; SKYCOMPAT_CONFORMANCE=nightly runs its cases too.";
}
