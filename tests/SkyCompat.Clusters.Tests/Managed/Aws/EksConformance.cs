using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Managed.Aws;

public sealed class EksConformance(ClusterFixture<EksHarness> fixture) : ClusterConformance<EksHarness>(fixture);
