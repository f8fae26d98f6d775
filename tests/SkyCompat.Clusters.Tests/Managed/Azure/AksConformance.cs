using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Managed.Azure;

public sealed class AksConformance(ClusterFixture<AksHarness> fixture) : ClusterConformance<AksHarness>(fixture);
