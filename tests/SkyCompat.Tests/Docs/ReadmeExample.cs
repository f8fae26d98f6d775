using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests.Docs;

/// <summary>The example of README.md, which must be identical to what stands between the two marks.</summary>
internal static class ReadmeExample
{
    public static async Task<SignedRequest> RunAsync(string[] args, string path)
    {
        // <example>
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddSkyCompat(builder.Configuration.GetSection("SkyCompat")).AddLocal().AddS3();
        using var host = builder.Build();
        await host.StartAsync(); // wrong settings end here, each with its place in configuration

        var media = host.Services.GetRequiredService<ISky>().GetBucket("media");
        await media.UploadFileAsync("talks/intro.mp4", path); // any size: large files go in parts, in parallel, checked
        await foreach (var entry in media.ListAsync(new ListOptions { Prefix = "talks/" }))
        {
            Console.WriteLine($"{entry.Key} has {entry.Size} bytes");
        }

        var stored = await media.PutTextAsync("notes.txt", "first", new PutOptions { Condition = WriteCondition.MustNotExist });
        await media.PutTextAsync("notes.txt", "second", new PutOptions { Condition = WriteCondition.MustMatch(stored.Tag) });
        var link = await media.SignAsync("talks/intro.mp4"); // a GET for anyone, for 15 minutes
        // </example>
        return link;
    }
}
