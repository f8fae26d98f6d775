using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Kubernetes;

public sealed class FirstK8sConformance(ServiceFixture<FirstK8sHarness> fixture) : WorkloadConformance<FirstK8sHarness>(fixture);
