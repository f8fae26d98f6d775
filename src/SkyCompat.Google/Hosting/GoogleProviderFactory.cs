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
        var http = services.GetRequiredService<GoogleHttpClients>().Create(cloud.Name, options.MaxConnections, options.ConnectTimeout);
        var credentials = GoogleHttpClients.CreateForCredentials(services.GetRequiredService<IHttpMessageHandlerFactory>(), cloud.Name);
        var context = new GoogleContext
        {
            Endpoint = new GoogleEndpoint(options.Endpoint ?? GoogleEndpoint.Default, options.IamEndpoint ?? GoogleEndpoint.DefaultIam),
            Tokens = CreateTokens(options, credentials, clock),
            Clock = clock,
            Http = http,
            ProjectId = options.ProjectId,
            Location = cloud.Region,
            SignerEmail = options.SignerEmail,
            CanSign = !options.Anonymous && (options.AccessToken is null || options.SignerEmail is not null),
        };
        return new CloudDrivers { Storage = new GoogleStorageDriver(context) };
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
