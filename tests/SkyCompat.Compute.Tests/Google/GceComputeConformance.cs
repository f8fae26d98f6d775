using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Compute.Tests.Google;

public sealed class GceComputeConformance(ComputeFixture<GceComputeHarness> fixture) : ComputeConformance<GceComputeHarness>(fixture);
