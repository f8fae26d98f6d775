using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SkyCompat.Transfer;

namespace SkyCompat.Tests.Docs;

/// <summary>The example of docs/transfer.md, which must be identical to what stands between the two marks.</summary>
internal static class TransferExample
{
    public static async Task<TransferReport> RunAsync(IHost host, string folder, string state)
    {
        // <example>
        var transfers = host.Services.GetRequiredService<ITransferService>();
        var photos = new TransferRequest
        {
            Source = TransferLocation.FromFolder(folder),
            Destination = TransferLocation.FromPrefix(host.Services.GetRequiredService<ISky>().GetBucket("media"), "photos/"),
            Mode = TransferMode.Sync,
            Filter = new TransferFilter { Include = ["*.{jpg,png}"], Exclude = ["drafts/**"] },
            Options = new TransferOptions { JournalPath = Path.Combine(state, "photos.journal") },
        };
        await foreach (var step in transfers.PlanAsync(photos)) // the dry run: writes nothing
        {
            Console.WriteLine($"{step.Action} {step.Name} by {step.Route}: {step.Reason}");
        }

        var report = await transfers.RunAsync(photos); // killed, it goes on when it is run again
        foreach (var failure in report.Failures)
        {
            Console.WriteLine($"{failure.Name}: {failure.Error?.Message}");
        }
        // </example>
        return report;
    }
}
