using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Compute.Tests.Local;

public sealed class LocalComputeConformance(ComputeFixture<LocalComputeHarness> fixture) : ComputeConformance<LocalComputeHarness>(fixture);
