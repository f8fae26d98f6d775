using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Clusters;

namespace SkyCompat.Benchmarks.Quick;

/// <summary>What access to a cluster adds to each request to its API server: the credential, kept and renewed.</summary>
internal sealed class ClusterAccessSuite : IQuickSuite
{
    private const int Requests = 1_000_000;
    private const int Renewals = 2_000;

    public string Name => "cluster-access";

    public string Description => "Credentials of API servers: what a kept one and a renewed one (EKS, signed in process) add to a request";

    public async Task RunAsync(QuickReport report)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Clouds:aws:Provider"] = "Aws",
            ["Clouds:aws:Region"] = "eu-central-1",
            ["Clouds:aws:Aws:AccessKeyId"] = "AKIDEXAMPLE",
            ["Clouds:aws:Aws:SecretAccessKey"] = "secret",
        };
        var services = new ServiceCollection().AddLogging();
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).AddAws();
        services.ConfigureHttpClientDefaults(client => client.ConfigurePrimaryHttpMessageHandler(static () => new OneCluster()));
        await using var host = services.BuildServiceProvider();
        var access = await host.GetRequiredService<ISky>().GetCloud("aws").Clusters.GetCluster("prod").OpenAccessAsync();
        await access.Credentials.GetAsync();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < Requests; i++)
        {
            await access.Credentials.GetAsync();
        }

        report.Limit("a kept credential adds, mean", Stopwatch.GetElapsedTime(started).TotalMicroseconds / Requests, 1000, "us");
        var times = new List<double>(Renewals);
        for (var i = 0; i < Renewals; i++)
        {
            access.Credentials.Invalidate(await access.Credentials.GetAsync());
            started = Stopwatch.GetTimestamp();
            await access.Credentials.GetAsync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        report.Limit("a renewed credential of EKS adds, median", times.Order().ElementAt(Renewals / 2), 1000, "us");
    }

    /// <summary>Answers as EKS does of one cluster.</summary>
    private sealed class OneCluster : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent("""{"cluster":{"name":"prod","status":"ACTIVE","endpoint":"https://prod.example"}}""", Encoding.UTF8, "application/json"),
        });
    }
}
