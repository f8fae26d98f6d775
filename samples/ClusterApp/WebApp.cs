using SkyCompat;
using SkyCompat.ObjectStorage;

namespace ClusterApp;

/// <summary>The web application: notes in the bucket <c>media</c>, wherever that is.</summary>
internal static class WebApp
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSkyCompat(builder.Configuration.GetSection("SkyCompat")).AddLocal().AddS3().AddAws().AddAzure().AddGoogle().AddAlibaba();
        builder.Services.AddHealthChecks().AddSkyCompat();
        var app = builder.Build();

        // Healthy while the bucket answers: a replica that cannot reach it is sent no requests.
        app.MapHealthChecks("/healthz");
        app.MapGet("/", ([FromKeyedServices("media")] IBucket media, CancellationToken cancellationToken) =>
            media.ListAsync(new ListOptions { Prefix = "notes/" }, cancellationToken).Select(entry => entry.Key["notes/".Length..]));
        app.MapPut("/notes/{name}", async (string name, HttpRequest request, [FromKeyedServices("media")] IBucket media, CancellationToken cancellationToken) =>
        {
            var stored = await media.PutAsync($"notes/{name}", request.BodyReader, cancellationToken: cancellationToken);
            app.Logger.LogInformation("Stored note {Name}: {Tag}", name, stored.Tag);
            return Results.Created($"/notes/{name}", null);
        });
        app.MapGet("/notes/{name}", async (string name, [FromKeyedServices("media")] IBucket media, CancellationToken cancellationToken) =>
        {
            try
            {
                var note = await media.GetAsync($"notes/{name}", cancellationToken: cancellationToken);
                return Results.Stream(note.AsStream(), note.Info.Headers.ContentType);
            }
            catch (CloudException exception) when (exception.Code == CloudErrorCode.NotFound)
            {
                return Results.NotFound();
            }
        });
        return app;
    }
}
