using SkyCompat.Conformance.Xunit;

namespace SkyCompat.Compute.Tests.Aws;

public sealed class MotoEc2Conformance(ServiceFixture<MotoEc2Harness> fixture) : ComputeConformance<MotoEc2Harness>(fixture);
