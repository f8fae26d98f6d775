using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Managed.Aws;

public sealed class EksConformance(ServiceFixture<EksHarness> fixture) : ClusterConformance<EksHarness>(fixture);
