using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Hosting;

namespace SkyCompat.Google;

/// <summary>Makes clouds of provider <c>Google</c>.</summary>
internal sealed class GoogleProviderFactory : CloudProviderFactory<GoogleOptions>
{
    public override CloudProvider Provider => CloudProvider.Google;

    protected override void Bind(IConfigurationSection section, GoogleOptions options) => section.Bind(options);

    protected override void Validate(GoogleOptions options, CloudConfiguration cloud, ICollection<string> errors) => new GoogleOptionsValidator(options, cloud, errors).Validate();

    protected override CloudDrivers Create(GoogleOptions options, CloudConfiguration cloud, IServiceProvider services)
    {
        var clock = new ServerClock(services.GetService<TimeProvider>() ?? TimeProvider.System);
        var clients = services.GetRequiredService<GoogleHttpClients>();
        var credentials = GoogleHttpClients.CreateForCredentials(services.GetRequiredService<IHttpMessageHandlerFactory>(), cloud.Name);
        var tokens = CreateTokens(options, credentials, clock);
        var context = new GoogleContext
        {
            Endpoint = new GoogleEndpoint(options.Endpoint ?? GoogleEndpoint.Default, options.IamEndpoint ?? GoogleEndpoint.DefaultIam),
            Tokens = tokens,
            Clock = clock,
            Http = Connect(),
            ProjectId = options.ProjectId,
            Location = cloud.Region,
            SignerEmail = options.SignerEmail,
            CanSign = !options.Anonymous && (options.AccessToken is null || options.SignerEmail is not null),
        };
        var compute = CreateComputeContext();
        return new CloudDrivers
        {
            Storage = new GoogleStorageDriver(context),
            Compute = compute is null ? null : new GceDriver(compute),
            Clusters = compute is null ? null : new GkeClusterDriver(CreateClusterContext(compute)),
        };

        HttpMessageInvoker Connect() => clients.Create(cloud.Name, options.MaxConnections, options.ConnectTimeout);

        GceContext? CreateComputeContext() => options.ProjectId is not { } project ? null : new GceContext(options.ComputeEndpoint ?? GceContext.DefaultEndpoint)
        {
            ProjectId = project,

            // Buckets can be in places such as EU, which are no regions of instances; those that have no region fail when one is needed.
            Region = cloud.Region is { } region && GceNames.IsName(region) && region.Contains('-', StringComparison.Ordinal) ? region : "",
            Tokens = tokens,
            Clock = clock,
            Http = Connect(),
        };

        GkeContext CreateClusterContext(GceContext place) => new(options.ContainerEndpoint ?? GkeContext.DefaultEndpoint)
        {
            ProjectId = place.ProjectId,
            Location = options.ClusterLocation ?? place.Region,
            Tokens = tokens,
            Clock = clock,
            Http = Connect(),
            Machines = new GceClient(place),
        };
    }

    private static GoogleTokenSource CreateTokens(GoogleOptions options, CredentialHttpClients clients, ServerClock clock)
    {
        if (options.Anonymous)
        {
            return new AnonymousTokenSource();
        }

        if (options.AccessToken is { } token)
        {
            return new StaticTokenSource(token);
        }

        return new LibraryTokenSource(
            (options.CredentialsFile, options.CredentialsJson) switch
            {
                ({ } file, _) => async cancellationToken => Parse(await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)),
                (_, { } json) => _ => Task.FromResult(Parse(json)),
                _ => GoogleCredential.GetApplicationDefaultAsync,
            },
            clients,
            clock);
    }

    /// <summary>Makes the credential of the kind that the JSON names: the application's owner wrote the configuration, so that any kind is trusted.</summary>
    private static GoogleCredential Parse(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        var type = document.RootElement.GetProperty("type").GetString() ?? "";
        return CredentialFactory.FromJson(json, type);
    }
}
