using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Compute.Tests.Azure;

public sealed class ArmComputeConformance(ServiceFixture<ArmComputeHarness> fixture) : ComputeConformance<ArmComputeHarness>(fixture);
