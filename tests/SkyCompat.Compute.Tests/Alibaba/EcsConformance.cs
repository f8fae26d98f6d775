using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Compute.Tests.Alibaba;

public sealed class EcsConformance(ComputeFixture<EcsHarness> fixture) : ComputeConformance<EcsHarness>(fixture);
