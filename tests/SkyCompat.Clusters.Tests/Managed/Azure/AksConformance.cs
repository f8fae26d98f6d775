using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Clusters.Tests.Managed.Azure;

public sealed class AksConformance(ServiceFixture<AksHarness> fixture) : ClusterConformance<AksHarness>(fixture);
