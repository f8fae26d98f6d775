using SkyCompat.Drivers;
using SkyCompat.Resilience;

namespace SkyCompat.Compute;

/// <summary>The way from the compute engine to a driver.</summary>
internal sealed class ComputeCalls(CloudCalls calls, ComputeDriver driver, CloudComputeOptions options)
    : DriverCalls<ComputeDriver>(calls, driver, options.PollInterval ?? driver.PollInterval, options.WaitTimeout, "Compute:WaitTimeout");
