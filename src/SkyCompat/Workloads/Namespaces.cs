namespace SkyCompat.Workloads;

/// <summary>The namespaces of a cluster over a driver.</summary>
internal sealed class Namespaces(WorkloadCalls calls) : INamespaces
{
    public Task<bool> CreateAsync(string name, CancellationToken cancellationToken = default)
    {
        WorkloadChecks.CheckNamespace(name, nameof(name));
        return calls.TraceAsync(
            "CreateNamespace",
            name,
            async token =>
            {
                var isNew = await calls.SendAsync("CreateNamespace", name, (driver, attempt) => driver.CreateNamespaceAsync(name, attempt), token).ConfigureAwait(false);
                var clock = new WaitClock(calls, new WaitOptions(), $"The service account of namespace {name}");
                while (isNew && !await calls.SendAsync("GetNamespace", name, (driver, attempt) => driver.IsNamespaceReadyAsync(name, attempt), token).ConfigureAwait(false))
                {
                    await clock.WaitAsync(token).ConfigureAwait(false);
                }

                return isNew;
            },
            cancellationToken);
    }

    public IAsyncEnumerable<NamespaceInfo> ListAsync(CancellationToken cancellationToken = default) =>
        calls.ListAsync("ListNamespaces", null, static (driver, page, token) => driver.ListNamespacesAsync(page, token), cancellationToken);

    public Task<bool> DeleteAsync(string name, WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        WorkloadChecks.CheckNamespace(name, nameof(name));
        var checkedOptions = WorkloadChecks.Check(options);
        return calls.TraceAsync("DeleteNamespace", name, token => new Deletion(calls, checkedOptions).DeleteNamespaceAsync(name, token), cancellationToken);
    }

    public Task SetQuotaAsync(string name, NamespaceQuota quota, CancellationToken cancellationToken = default)
    {
        WorkloadChecks.CheckNamespace(name, nameof(name));
        WorkloadChecks.Check(quota);
        var item = calls.Driver.RenderQuota(name, quota);
        return calls.TraceAsync(
            "SetQuota", name, token => calls.SendAsync("SetQuota", name, (driver, attempt) => driver.ApplyAsync(item, new ApplyOptions { Force = true }, attempt), token), cancellationToken);
    }
}
