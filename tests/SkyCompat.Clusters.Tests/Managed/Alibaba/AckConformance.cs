using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Managed.Alibaba;

public sealed class AckConformance(ClusterFixture<AckHarness> fixture) : ClusterConformance<AckHarness>(fixture);
