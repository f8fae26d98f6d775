using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Managed.Google;

public sealed class GkeConformance(ServiceFixture<GkeHarness> fixture) : ClusterConformance<GkeHarness>(fixture);
