using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Managed.Alibaba;

public sealed class AckConformance(ServiceFixture<AckHarness> fixture) : ClusterConformance<AckHarness>(fixture);
