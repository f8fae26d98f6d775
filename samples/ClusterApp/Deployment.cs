using SkyCompat;
using SkyCompat.ObjectStorage;
using SkyCompat.Workloads;

namespace ClusterApp;

/// <summary>Brings the web application to a cluster, uses it there and takes it away again. What differs from cluster to cluster is in appsettings.</summary>
internal static class Deployment
{
    private const int Port = 8080;

    public static async Task RunAsync(IWorkloads workloads, IBucket media, DeploymentSettings settings, bool keep, CancellationToken stop)
    {
        var web = new Workload
        {
            Name = "clusterapp",
            Image = settings.Image,
            Ports = [new WorkloadPort(Port)],
            Service = new WorkloadService { Port = 80 },
            ReadinessProbe = new WorkloadProbe { Path = "/healthz", Port = Port, Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(5) },
            Resources = new WorkloadResources { Cpu = 0.1, MemoryBytes = 64 << 20, MaxMemoryBytes = 256 << 20 },
            Buckets = [new WorkloadBucket("media") { Endpoint = settings.Endpoint, ByIdentity = settings.Identity is not null }],
            Identity = settings.Identity,
        };
        foreach (var made in (await workloads.ApplyAsync(web, null, stop)).Objects)
        {
            Console.WriteLine($"{made.Kind} {made.Name}: {made.Outcome}");
        }

        try
        {
            Console.WriteLine(await workloads.WaitAsync(web.Name, new WaitOptions { Timeout = TimeSpan.FromMinutes(5) }, stop));
            var pod = (await workloads.TryGetRunningPodAsync(web.Name, stop))!;
            await using (var forward = await workloads.ListenAsync(pod.Name, Port, cancellationToken: stop))
            using (var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{forward.LocalPort}") })
            {
                using var put = await http.PutAsync("notes/hello", new StringContent($"Hello from {pod.Name}."), stop);
                Console.WriteLine($"PUT {put.Headers.Location}: {(int)put.StatusCode}");
                Console.WriteLine($"GET /notes/hello: {await http.GetStringAsync("notes/hello", stop)}");
            }

            Console.WriteLine($"The bucket from here: {await media.GetTextAsync("notes/hello", stop)}");
            await foreach (var line in workloads.ReadWorkloadLogsAsync(web.Name, cancellationToken: stop))
            {
                Console.WriteLine($"{line.Pod}: {line.Text}");
            }
        }
        finally
        {
            Console.WriteLine(keep ? "Kept." : await workloads.DeleteAsync(web.Name, null, CancellationToken.None) ? "Deleted." : "It was gone.");
        }
    }
}
