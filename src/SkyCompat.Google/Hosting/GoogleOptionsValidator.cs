using System.Text.Json;
using SkyCompat.Hosting;

namespace SkyCompat.Google;

/// <summary>Checks the settings of one cloud; every finding names its place in configuration and what would be right.</summary>
internal sealed class GoogleOptionsValidator(GoogleOptions options, CloudConfiguration cloud, ICollection<string> errors)
{
    private const int MaxConnections = 10_000;
    private static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromMinutes(5);

    private readonly string _path = cloud.Section?.Path ?? $"{cloud.Path}:Google";

    public void Validate()
    {
        ValidateCredentials();
        ValidateEndpoint(nameof(GoogleOptions.Endpoint), options.Endpoint, GoogleEndpoint.Default);
        ValidateEndpoint(nameof(GoogleOptions.ComputeEndpoint), options.ComputeEndpoint, GceContext.DefaultEndpoint);
        ValidateEndpoint(nameof(GoogleOptions.ContainerEndpoint), options.ContainerEndpoint, GkeContext.DefaultEndpoint);
        if (options.ClusterLocation is { } location && (!GceNames.IsName(location) || !location.Contains('-', StringComparison.Ordinal)))
        {
            Report(nameof(GoogleOptions.ClusterLocation), $"'{location}' is neither a region such as europe-west3 nor a zone such as europe-west3-b.");
        }

        ValidateUrl(nameof(GoogleOptions.IamEndpoint), options.IamEndpoint, GoogleEndpoint.DefaultIam);
        if (options is { ComputeEndpoint: not null, ProjectId: null })
        {
            Report(nameof(GoogleOptions.ComputeEndpoint), "compute needs ProjectId, which is not set.");
        }

        if (options.ProjectId is { } project && (project.Length == 0 || !project.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or ':')))
        {
            Report(nameof(GoogleOptions.ProjectId), $"'{project}' is not a project id; it has letters, digits and hyphens, such as my-project-1.");
        }

        if (options.SignerEmail is { } email && !email.Contains('@', StringComparison.Ordinal))
        {
            Report(nameof(GoogleOptions.SignerEmail), $"'{email}' is not the address of a service account, such as signer@my-project-1.iam.gserviceaccount.com.");
        }

        if (cloud.Region is { } region && !region.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            errors.Add($"{cloud.Path}:Region: '{region}' is not a location; it has letters, digits and hyphens, such as europe-west3 or EU.");
        }

        if (options.MaxConnections is < 1 or > MaxConnections)
        {
            Report(nameof(GoogleOptions.MaxConnections), $"{options.MaxConnections} is out of range; use 1 to {MaxConnections}.");
        }

        if (options.ConnectTimeout < TimeSpan.FromMilliseconds(1) || options.ConnectTimeout > MaxConnectTimeout)
        {
            Report(nameof(GoogleOptions.ConnectTimeout), $"{options.ConnectTimeout} is out of range; use 00:00:00.001 to {MaxConnectTimeout}.");
        }
    }

    private void ValidateCredentials()
    {
        List<string> given = [];
        Note(nameof(GoogleOptions.CredentialsFile), options.CredentialsFile is not null);
        Note(nameof(GoogleOptions.CredentialsJson), options.CredentialsJson is not null);
        Note(nameof(GoogleOptions.AccessToken), options.AccessToken is not null);
        Note(nameof(GoogleOptions.Anonymous), options.Anonymous);
        if (given.Count > 1)
        {
            Report(given[1], $"{string.Join(" and ", given)} exclude each other; set one, or none for application default credentials.");
        }

        if (options.CredentialsFile is { } file && !File.Exists(file))
        {
            Report(nameof(GoogleOptions.CredentialsFile), $"there is no file '{file}'.");
        }

        if (options.CredentialsJson is { } json && !IsCredential(json))
        {
            // Not repeated here, because it may hold a secret.
            Report(nameof(GoogleOptions.CredentialsJson), "the text is not a credential; it is the JSON of a credentials file, with a \"type\" such as service_account or external_account.");
        }

        if (options.AccessToken is { } token && (token.Length == 0 || token.Any(c => c is <= ' ' or > '~')))
        {
            Report(nameof(GoogleOptions.AccessToken), "the text is not an access token; it has visible ASCII characters only.");
        }

        if (options.SignerEmail is not null && options.Anonymous)
        {
            Report(nameof(GoogleOptions.SignerEmail), "signing through IAM needs credentials, and Anonymous has none.");
        }

        void Note(string name, bool isSet)
        {
            if (isSet)
            {
                given.Add(name);
            }
        }
    }

    private void ValidateEndpoint(string key, string? url, string example)
    {
        if (ValidateUrl(key, url, example) is { IsLoopback: false } endpoint && endpoint.Scheme == Uri.UriSchemeHttp && !options.Anonymous)
        {
            Report(key, $"'{url}' is plain http to another machine, where anybody on the way could read the access token; use https, or set Anonymous.");
        }
    }

    private Uri? ValidateUrl(string key, string? url, string example)
    {
        if (url is null)
        {
            return null;
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            Report(key, $"'{url}' is not an absolute http or https URL, such as {example}.");
            return null;
        }

        if (uri.UserInfo.Length > 0)
        {
            // Not repeated here, because it may hold a secret.
            Report(key, "the URL must not hold a user name or password.");
        }
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            Report(key, $"'{uri.GetLeftPart(UriPartial.Path)}' must not be followed by a query or fragment.");
        }

        return uri;
    }

    private static bool IsCredential(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Report(string key, string text) => errors.Add($"{_path}:{key}: {text}");
}
