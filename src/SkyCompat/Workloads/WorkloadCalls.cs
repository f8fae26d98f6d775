using SkyCompat.Drivers;
using SkyCompat.Resilience;

namespace SkyCompat.Workloads;

/// <summary>The way from the workload engine to a driver.</summary>
internal sealed class WorkloadCalls(CloudCalls calls, WorkloadDriver driver, CloudClusterOptions options)
    : DriverCalls<WorkloadDriver>(calls, driver, options.PollInterval ?? driver.PollInterval, options.WaitTimeout, "Clusters:WaitTimeout");
