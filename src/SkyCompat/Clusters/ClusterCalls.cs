using SkyCompat.Drivers;
using SkyCompat.Resilience;

namespace SkyCompat.Clusters;

/// <summary>The way from the cluster engine to a driver.</summary>
internal sealed class ClusterCalls(CloudCalls calls, ClusterDriver driver, CloudClusterOptions options)
    : DriverCalls<ClusterDriver>(calls, driver, options.PollInterval ?? driver.PollInterval, options.WaitTimeout, "Clusters:WaitTimeout");
