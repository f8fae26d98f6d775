using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Compute.Tests.Local;

public sealed class LocalComputeConformance(ServiceFixture<LocalComputeHarness> fixture) : ComputeConformance<LocalComputeHarness>(fixture);
