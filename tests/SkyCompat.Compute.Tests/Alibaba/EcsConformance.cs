using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Compute.Tests.Alibaba;

public sealed class EcsConformance(ServiceFixture<EcsHarness> fixture) : ComputeConformance<EcsHarness>(fixture);
