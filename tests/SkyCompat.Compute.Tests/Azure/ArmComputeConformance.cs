using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Compute.Tests.Azure;

public sealed class ArmComputeConformance(ComputeFixture<ArmComputeHarness> fixture) : ComputeConformance<ArmComputeHarness>(fixture);
