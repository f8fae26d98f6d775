using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SkyCompat;
using SkyCompat.ObjectStorage;
using WriteOnce;

const int GeneratedBytes = 24 << 20;

try
{
    var arguments = Arguments.Parse(args);
    if (arguments.Help)
    {
        Console.WriteLine(Arguments.HelpText);
        return 0;
    }

    // appsettings.json is beside the program; the files and the local store are where the user is.
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
    builder.Services.AddHttpClient();
    builder.Services.AddSkyCompat(builder.Configuration.GetSection("SkyCompat")).AddLocal().AddInMemory().AddS3().AddAlibaba().AddAzure().AddGoogle();
    using var host = builder.Build();
    await host.StartAsync();

    var sky = host.Services.GetRequiredService<ISky>();
    var cloud = arguments.Cloud is { } name ? sky.GetCloud(name) : sky.DefaultCloud;
    var http = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
    return await RunAsync(arguments, cloud, http, host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
}
catch (UsageException exception)
{
    return Fail(exception.Message, 2);
}
catch (OptionsValidationException exception)
{
    return Fail(string.Join('\n', exception.Failures), 2);
}
catch (CloudException exception)
{
    return Fail(exception.Message, exception.Code is CloudErrorCode.NotFound or CloudErrorCode.InvalidArgument ? 2 : 1);
}

static async Task<int> RunAsync(Arguments arguments, ICloud cloud, HttpClient http, CancellationToken stop)
{
    var files = SourceFile.Find(arguments.Folder);
    var bucket = arguments.Bucket ?? $"writeonce-{Guid.NewGuid():N}"[..24];
    await CheckAsync(cloud, bucket, stop);
    Console.WriteLine($"{files.Count} files ({Report.Size(files.Sum(file => file.Size))}) of {arguments.Folder ?? "this repository"}; cloud {cloud.Name} ({cloud.Provider}), bucket {bucket}.");
    var generated = files.Exists(file => file.IsLarge) ? null : SourceFile.Generate(GeneratedBytes);
    if (generated is not null)
    {
        files.Add(generated);
        Console.WriteLine($"None is larger than {Report.Size(SourceFile.LargeBytes)}, so a generated one of {Report.Size(generated.Size)} goes along, to be sent in parts.");
    }

    var report = new Report();
    var steps = new Steps(cloud.Storage, bucket, files, http, report, stop);
    try
    {
        await steps.RunAsync();
    }
    catch (OperationCanceledException) when (stop.IsCancellationRequested)
    {
        // Reported below, once what was made is deleted.
    }
    finally
    {
        if (!arguments.Keep)
        {
            await steps.CleanUpAsync();
        }

        generated?.Delete();
    }

    report.Finish(interrupted: stop.IsCancellationRequested);
    return report.Failures > 0 ? 1 : stop.IsCancellationRequested ? 130 : 0;
}

static async Task CheckAsync(ICloud cloud, string bucket, CancellationToken stop)
{
    try
    {
        if (await cloud.Storage.BucketExistsAsync(bucket, stop))
        {
            throw new UsageException($"The bucket '{bucket}' exists already, and this program empties its bucket in the end; pass another --bucket name.");
        }
    }
    catch (CloudException exception) when (exception.IsTransient)
    {
        throw new CloudException(exception.Code, $"Cloud '{cloud.Name}' cannot be reached: start its server, or correct its endpoint in appsettings.json. {exception.Message}", exception);
    }
}

static int Fail(string message, int exitCode)
{
    Console.Error.WriteLine(message);
    return exitCode;
}
