using SkyCompat.Hosting;

namespace SkyCompat.Azure;

/// <summary>Checks the settings of one cloud; every finding names its place in configuration and what would be right, and none repeats a secret.</summary>
internal sealed class AzureOptionsValidator(AzureOptions options, CloudConfiguration cloud, ICollection<string> errors)
{
    private const int MaxConnections = 10_000;
    private static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromMinutes(5);

    private readonly string _path = cloud.Section?.Path ?? $"{cloud.Path}:Azure";

    public void Validate()
    {
        var before = errors.Count;
        ValidateConnectionString();
        ValidateAccountName();
        ValidateUri(nameof(AzureOptions.BlobServiceUri), options.BlobServiceUri, mayBeHttp: true);
        ValidateUri(nameof(AzureOptions.AuthorityHost), options.AuthorityHost, mayBeHttp: false);
        ValidateSecrets();
        if (HasCompute)
        {
            new AzureComputeOptionsValidator(options, cloud, Report).Validate();
        }

        if (errors.Count == before)
        {
            ValidateIdentity();
        }

        if (options.MaxConnections is < 1 or > MaxConnections)
        {
            Report(nameof(AzureOptions.MaxConnections), $"{options.MaxConnections} is out of range; use 1 to {MaxConnections}.");
        }

        if (options.ConnectTimeout < TimeSpan.FromMilliseconds(1) || options.ConnectTimeout > MaxConnectTimeout)
        {
            Report(nameof(AzureOptions.ConnectTimeout), $"{options.ConnectTimeout} is out of range; use 00:00:00.001 to {MaxConnectTimeout}.");
        }

        if (options is { VersioningEnabled: true, HierarchicalNamespace: true })
        {
            Report(nameof(AzureOptions.VersioningEnabled), "an account with a hierarchical namespace keeps no versions; set one of VersioningEnabled and HierarchicalNamespace to false.");
        }
    }

    private bool HasCompute => IsSet(options.SubscriptionId);

    private static bool IsSet(string? text) => !string.IsNullOrWhiteSpace(text);

    private void ValidateConnectionString()
    {
        if (!IsSet(options.ConnectionString))
        {
            if (!IsSet(options.BlobServiceUri) && !IsSet(options.AccountName) && !HasCompute)
            {
                Report(nameof(AzureOptions.BlobServiceUri), "the account is not named; set BlobServiceUri, such as https://acmemedia.blob.core.windows.net, AccountName or ConnectionString.");
            }

            return;
        }

        if (AzureConnectionString.TryParse(options.ConnectionString!, out var problem) is not { } connection)
        {
            Report(nameof(AzureOptions.ConnectionString), problem!);
            return;
        }

        if (IsSet(options.BlobServiceUri) || IsSet(options.AccountName))
        {
            Report(nameof(AzureOptions.ConnectionString), "it names the account already; set either ConnectionString, or BlobServiceUri and AccountName.");
        }

        if (connection is { AccountKey: null, SasToken: null } && !IsSet(options.AccountKey) && !IsSet(options.SasToken) && options.Credential == AzureCredentialKind.Default)
        {
            Report(nameof(AzureOptions.ConnectionString), "it has neither AccountKey nor SharedAccessSignature; copy it whole, or name the account by AccountName to sign in by Entra ID.");
        }

        ValidateUri(nameof(AzureOptions.ConnectionString), connection.BlobEndpoint, mayBeHttp: true, isSecret: true);
        CheckKey(nameof(AzureOptions.ConnectionString), connection.AccountKey);
        CheckSas(nameof(AzureOptions.ConnectionString), connection.SasToken);
    }

    private void ValidateAccountName()
    {
        if (options.AccountName is { Length: > 0 } name && (name.Length is < 3 or > 24 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))))
        {
            Report(nameof(AzureOptions.AccountName), $"'{name}' is not the name of a storage account; it has 3 to 24 lower-case letters and digits.");
        }
    }

    private void ValidateUri(string key, string? text, bool mayBeHttp, bool isSecret = false)
    {
        if (!IsSet(text))
        {
            return;
        }

        var schemes = mayBeHttp ? "http or https" : "https";
        var shown = isSecret ? "its endpoint" : $"'{text}'";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && !(mayBeHttp && uri.Scheme == Uri.UriSchemeHttp)))
        {
            Report(key, $"{shown} is not an absolute {schemes} URL, such as {(mayBeHttp ? "https://acmemedia.blob.core.windows.net" : "https://login.microsoftonline.com")}.");
        }
        else if (uri.UserInfo.Length > 0)
        {
            // Not repeated here, because it may hold a secret.
            Report(key, "the URL must not hold a user name or password.");
        }
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            // A query is mostly a SAS.
            Report(key, "the URL must not be followed by a query or fragment; set a shared access signature as SasToken.");
        }
    }

    private void ValidateSecrets()
    {
        CheckKey(nameof(AzureOptions.AccountKey), options.AccountKey);
        CheckSas(nameof(AzureOptions.SasToken), options.SasToken);
        if (IsSet(options.AccountKey) && IsSet(options.SasToken))
        {
            Report(nameof(AzureOptions.SasToken), "set AccountKey or SasToken, not both.");
        }
    }

    private void CheckKey(string setting, string? key)
    {
        if (IsSet(key) && !Convert.TryFromBase64String(key!, new byte[key!.Length], out _))
        {
            Report(setting, "the account key is not base64; copy it whole, from the account's access keys.");
        }
    }

    private void CheckSas(string setting, string? sas)
    {
        if (IsSet(sas) && !sas!.Contains("sig=", StringComparison.Ordinal))
        {
            Report(setting, "the shared access signature has no 'sig'; copy it whole, from 'sv=' or '?sv=' on.");
        }
    }

    private void ValidateIdentity()
    {
        if (!Enum.IsDefined(options.Credential))
        {
            Report(nameof(AzureOptions.Credential), $"'{options.Credential}' is unknown. Choices: {string.Join(", ", Enum.GetNames<AzureCredentialKind>())}.");
        }

        if (!Enum.IsDefined(options.UploadChecksum))
        {
            Report(nameof(AzureOptions.UploadChecksum), $"'{options.UploadChecksum}' is unknown. Choices: {string.Join(", ", Enum.GetNames<AzureUploadChecksum>())}.");
        }

        if (AzureAccount.IsNamed(options) && !ValidateAccount(AzureAccount.Of(options)) && !HasCompute)
        {
            return;
        }

        ValidateClientSecret();
    }

    /// <returns>Whether storage uses an identity.</returns>
    private bool ValidateAccount(AzureAccount account)
    {
        if (account.Name.Length == 0)
        {
            Report(nameof(AzureOptions.AccountName), "the endpoint does not name the account; set AccountName.");
        }

        if (account.Key is not null || account.Sas is not null)
        {
            if (options.Credential != AzureCredentialKind.Default && !HasCompute)
            {
                Report(nameof(AzureOptions.Credential), "a key or SAS is set, so no identity is used; leave Credential out, or the key or SAS.");
            }

            return false;
        }

        if (account.ServiceUri.Scheme != Uri.UriSchemeHttps)
        {
            Report(nameof(AzureOptions.BlobServiceUri), "Entra ID tokens are sent over https only; use https, or set AccountKey or SasToken.");
        }

        return true;
    }

    private void ValidateClientSecret()
    {
        if (options.Credential == AzureCredentialKind.ClientSecret)
        {
            foreach (var (name, value) in new[]
            {
                (nameof(AzureOptions.TenantId), options.TenantId), (nameof(AzureOptions.ClientId), options.ClientId), (nameof(AzureOptions.ClientSecret), options.ClientSecret),
            })
            {
                if (!IsSet(value))
                {
                    Report(name, "Credential ClientSecret needs TenantId, ClientId and ClientSecret.");
                }
            }
        }
        else if (IsSet(options.ClientSecret))
        {
            Report(nameof(AzureOptions.ClientSecret), "it is used with Credential ClientSecret only; set that, or leave it out.");
        }
    }

    private void Report(string key, string text) => errors.Add($"{_path}:{key}: {text}");
}
