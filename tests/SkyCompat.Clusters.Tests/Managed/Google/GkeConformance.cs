using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Managed.Google;

public sealed class GkeConformance(ClusterFixture<GkeHarness> fixture) : ClusterConformance<GkeHarness>(fixture);
