using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Transfer;

namespace SkyCompat.CrashTarget;

/// <summary>A journaled transfer that says of each object when it is finished.</summary>
internal sealed class TransferCrash : TransferObserver
{
    public static async Task RunAsync(string root)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["SkyCompat:Clouds:a:Provider"] = "Local",
            ["SkyCompat:Clouds:a:Local:Root"] = Path.Combine(root, "a"),
            ["SkyCompat:Clouds:b:Provider"] = "Local",
            ["SkyCompat:Clouds:b:Local:Root"] = Path.Combine(root, "b"),
            ["SkyCompat:Clouds:b:Local:Durability"] = "Relaxed",
        };
        var services = new ServiceCollection();
        services.AddSkyCompat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("SkyCompat")).AddLocal();
        await using var provider = services.BuildServiceProvider();
        var sky = provider.GetRequiredService<ISky>();
        var request = new TransferRequest
        {
            Source = TransferLocation.FromPrefix(sky.GetCloud("a").Storage.GetBucket(TransferTarget.Bucket)),
            Destination = TransferLocation.FromPrefix(sky.GetCloud("b").Storage.GetBucket(TransferTarget.Bucket)),
            Options = new TransferOptions { JournalPath = Path.Combine(root, "crash.journal"), PartSizeBytes = 5 << 20 },
        };
        var report = await provider.GetRequiredService<ITransferService>().RunAsync(request, new TransferCrash());
        Console.WriteLine(report.Failed == 0 ? "finished" : $"{report.Failed} failed: {report.Failures[0].Reason}");
    }

    public override void OnObject(TransferResult result)
    {
        if (result.Outcome is TransferOutcome.Copied)
        {
            Console.WriteLine(result.Name);
        }
    }
}
