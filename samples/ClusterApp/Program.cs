using ClusterApp;
using Microsoft.Extensions.Options;
using SkyCompat;
using SkyCompat.ObjectStorage;

// One program in two roles: a web application with a bucket, and what deploys it to the cluster of appsettings.NAME.json.
// dotnet run --project samples/ClusterApp [-- --cluster NAME [--image IMAGE] [--keep]]
string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;

try
{
    return args.Contains("--cluster") ? await DeployAsync() : await ServeAsync();
}
catch (OptionsValidationException exception)
{
    Console.Error.WriteLine(string.Join('\n', exception.Failures));
    return 2;
}
catch (CloudException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

async Task<int> ServeAsync()
{
    await using var app = WebApp.Build(args);
    if (app.Environment.IsDevelopment())
    {
        await MakeBucketAsync(app.Services, app.Lifetime.ApplicationStopping);
        Console.WriteLine($"On this machine: curl -T FILE {app.Configuration["urls"]}/notes/NAME. To deploy it: -- --cluster NAME, with one of {Clusters()}.");
    }

    await app.RunAsync();
    return 0;
}

async Task<int> DeployAsync()
{
    if (Option("--cluster") is not { } cluster || !File.Exists(Path.Combine(AppContext.BaseDirectory, $"appsettings.{cluster}.json")))
    {
        Console.Error.WriteLine($"There are no settings for that cluster. Pass --cluster with one of {Clusters()}, or write samples/ClusterApp/appsettings.NAME.json after one of these.");
        return 2;
    }

    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = cluster });
    builder.Logging.ClearProviders(); // what there is to say is printed below, and by the application in its own log
    builder.Services.AddSkyCompat(builder.Configuration.GetSection("SkyCompat")).AddS3().AddAws().AddAzure().AddGoogle().AddAlibaba().AddKubernetes();
    using var host = builder.Build();
    var stop = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
    await host.StartAsync();
    await MakeBucketAsync(host.Services, stop);

    var settings = builder.Configuration.GetSection("Deployment").Get<DeploymentSettings>() ?? new DeploymentSettings();
    settings.Image = Option("--image") ?? settings.Image;
    var sky = host.Services.GetRequiredService<ISky>();
    await Deployment.RunAsync(sky.GetCluster("target").GetWorkloads(), sky.GetBucket("media"), settings, args.Contains("--keep"), stop);
    return 0;
}

async Task MakeBucketAsync(IServiceProvider services, CancellationToken stop)
{
    var bucket = services.GetRequiredService<IOptions<SkyCompatOptions>>().Value.Buckets["media"];
    var storage = services.GetRequiredService<ISky>().GetCloud(bucket.Cloud!).Storage;
    if (!await storage.BucketExistsAsync(bucket.Name!, stop))
    {
        await storage.CreateBucketAsync(bucket.Name!, null, stop);
    }
}

static string Clusters() => string.Join(", ", Directory.EnumerateFiles(AppContext.BaseDirectory, "appsettings.*.json")
    .Select(file => Path.GetFileName(file).Split('.')[1]).Where(name => name != "Development").Order(StringComparer.Ordinal));
