using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.ObjectStorage;
using SkyCompat.Transfer;

namespace SkyCompat.Benchmarks;

/// <summary>Our side of a comparison with other programs: one copy in a process of its own, start and end included. Settings come from the environment, as for any application.</summary>
internal static class TransferWorker
{
    /// <param name="places">Source and destination, each <c>cloud:bucket/prefix</c> or a folder.</param>
    public static async Task<int> RunAsync(string[] places)
    {
        var services = new ServiceCollection();
        services.AddSkyCompat(new ConfigurationBuilder().AddEnvironmentVariables().Build().GetSection("SkyCompat")).AddS3().AddAzure().AddLocal();
        await using var provider = services.BuildServiceProvider();
        var sky = provider.GetRequiredService<ISky>();
        var report = await provider.GetRequiredService<ITransferService>().RunAsync(new TransferRequest { Source = Parse(sky, places[0]), Destination = Parse(sky, places[1]) });
        foreach (var failure in report.Failures)
        {
            await Console.Error.WriteLineAsync($"{failure.Name}: {failure.Reason}");
        }

        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{report.Copied} copied, {report.PeakBufferBytes / 1e6:0} MB of buffers"));
        return report.Failed == 0 ? 0 : 1;
    }

    private static TransferLocation Parse(ISky sky, string place)
    {
        if (place.Split(':', 2) is not [var cloud, var rest])
        {
            return TransferLocation.FromFolder(place);
        }

        var (bucket, prefix) = (rest.Split('/', 2)[0], rest.Contains('/', StringComparison.Ordinal) ? rest.Split('/', 2)[1] : "");
        return TransferLocation.FromPrefix(sky.GetCloud(cloud).Storage.GetBucket(bucket), prefix);
    }
}
