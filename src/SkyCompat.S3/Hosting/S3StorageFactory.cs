using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using SkyCompat.Drivers;

namespace SkyCompat.S3;

/// <summary>Makes the object storage of a cloud that speaks S3. For adapters whose cloud is one of several services; applications call <c>AddS3()</c>.</summary>
public static class S3StorageFactory
{
    /// <summary>Makes a driver. Sends no request. Needs the services of <c>AddS3()</c>.</summary>
    /// <param name="provider">The provider that the driver belongs to.</param>
    /// <param name="cloudName">The cloud's name, which names its HTTP client.</param>
    /// <param name="profile">The store's profile; <see cref="S3Options.Profile"/> is not looked at.</param>
    /// <param name="options">The settings, already validated.</param>
    /// <param name="region">The cloud's region, used if <see cref="S3Options.Region"/> is null.</param>
    /// <param name="services">The application's services.</param>
    /// <returns>The driver.</returns>
    public static StorageDriver Create(CloudProvider provider, string cloudName, S3Profile profile, S3Options options, string? region, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        return Create(provider, cloudName, profile, options, region, CreateCredentials(options.AccessKeyId, options.SecretAccessKey, options.SessionToken, profile: null), services);
    }

    /// <summary>Makes a driver whose credentials are shared with other services of the cloud.</summary>
    internal static StorageDriver Create(
        CloudProvider provider, string cloudName, S3Profile profile, S3Options options, string? region, S3CredentialSource credentials, IServiceProvider services)
    {
        var effective = options.Overrides.Apply(profile);
        var endpoint = new S3Endpoint(
            effective.EndpointTemplate,
            options.Endpoint,
            options.Region ?? region ?? effective.DefaultRegion ?? throw new ArgumentException($"The profile '{profile.Name}' needs a region.", nameof(region)),
            options.AddressingStyle ?? effective.Addressing);
        var context = new S3Context
        {
            Profile = effective,
            Endpoint = endpoint,
            Credentials = credentials,
            Clock = new ServerClock(services.GetService<TimeProvider>() ?? TimeProvider.System),
            Http = services.GetRequiredService<S3HttpClients>().Create(cloudName, options.MaxConnections, options.ConnectTimeout),
            SignsPayload = options.PayloadSigning switch
            {
                S3PayloadSigning.Signed => true,
                S3PayloadSigning.Unsigned => false,
                _ => endpoint.IsExposed,
            },
        };
        var clients = services.GetRequiredService<IHttpClientFactory>();
        var forcePath = (options.AddressingStyle ?? effective.Addressing) == S3AddressingStyle.Path;
        return new S3StorageDriver(provider, context, () => CreateNative(endpoint, credentials, forcePath, new AwsHttpClients(clients, S3HttpClients.NameOf(cloudName))));
    }

    /// <summary>The credentials that settings name.</summary>
    /// <param name="accessKeyId">The access key id; null for the default chain, or the profile.</param>
    /// <param name="secretAccessKey">The secret access key.</param>
    /// <param name="sessionToken">The session token.</param>
    /// <param name="profile">The profile of the AWS shared files; null for the whole chain.</param>
    internal static S3CredentialSource CreateCredentials(string? accessKeyId, string? secretAccessKey, string? sessionToken, string? profile) =>
        accessKeyId is { Length: > 0 }
            ? new StaticCredentialSource(new S3Credentials(accessKeyId, secretAccessKey!, NullIfEmpty(sessionToken), expiresAt: null))
            : new AwsCredentialSource(NullIfEmpty(profile));

    private static AmazonS3Client CreateNative(S3Endpoint endpoint, S3CredentialSource credentials, bool forcePath, HttpClientFactory clients)
    {
        var config = new AmazonS3Config
        {
            ServiceURL = endpoint.Uri.AbsoluteUri,
            AuthenticationRegion = endpoint.Region,
            ForcePathStyle = forcePath,
            MaxErrorRetry = 0,
            // The SDK's checksums of its own are refused by many stores; where the protocol requires one, it sends one.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            HttpClientFactory = clients,
        };
        return new AmazonS3Client(new SdkCredentials(credentials), config);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
