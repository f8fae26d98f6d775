using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Compute.Tests.Google;

public sealed class GceComputeConformance(ServiceFixture<GceComputeHarness> fixture) : ComputeConformance<GceComputeHarness>(fixture);
