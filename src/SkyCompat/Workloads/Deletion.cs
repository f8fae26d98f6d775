using SkyCompat.Drivers;

namespace SkyCompat.Workloads;

/// <summary>Deletes and waits until what was deleted is gone.</summary>
internal sealed class Deletion(WorkloadCalls calls, WaitOptions options)
{
    public async Task<bool> DeleteWorkloadAsync(string workloads, string name, CancellationToken cancellationToken)
    {
        var left = await calls.SendAsync("FindObjects", name, (driver, token) => driver.FindObjectsAsync(workloads, name, token), cancellationToken).ConfigureAwait(false);
        var existed = left.Count > 0;
        var query = new PodQuery { Workload = name, PageSize = 1 };
        var clock = new WaitClock(calls, options, $"The deletion of {name}");
        while (true)
        {
            // Asked again and again, for what is being deleted says so and what is gone is not there.
            var still = new List<ManifestObject>();
            foreach (var item in left)
            {
                if (await calls.SendAsync("DeleteObject", item.ToString(), (driver, token) => driver.DeleteAsync(item, token), cancellationToken).ConfigureAwait(false))
                {
                    still.Add(item);
                }
            }

            left = still;
            var pods = await calls.SendAsync("ListPods", workloads, (driver, token) => driver.ListPodsAsync(workloads, query, null, token), cancellationToken).ConfigureAwait(false);
            if (left.Count == 0 && pods.Pods.Count == 0)
            {
                return existed;
            }

            await clock.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<bool> DeleteNamespaceAsync(string name, CancellationToken cancellationToken)
    {
        var existed = await calls.SendAsync("DeleteNamespace", name, (driver, token) => driver.DeleteNamespaceAsync(name, token), cancellationToken).ConfigureAwait(false);
        var clock = new WaitClock(calls, options, $"The deletion of namespace {name}");
        while (await calls.SendAsync("GetNamespace", name, (driver, token) => driver.TryGetNamespaceAsync(name, token), cancellationToken).ConfigureAwait(false) is not null)
        {
            await clock.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return existed;
    }
}
