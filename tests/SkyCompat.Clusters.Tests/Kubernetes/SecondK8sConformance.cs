using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>Not while <see cref="RestartTests"/> ends the API server.</summary>
[Collection("k8s2")]
public sealed class SecondK8sConformance(ServiceFixture<SecondK8sHarness> fixture) : WorkloadConformance<SecondK8sHarness>(fixture);
