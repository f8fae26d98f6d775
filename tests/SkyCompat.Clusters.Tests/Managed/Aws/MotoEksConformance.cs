using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Managed.Aws;

public sealed class MotoEksConformance(ServiceFixture<MotoEksHarness> fixture) : ClusterConformance<MotoEksHarness>(fixture);
