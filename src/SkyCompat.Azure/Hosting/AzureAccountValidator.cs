namespace SkyCompat.Azure;

/// <summary>Checks which account is meant, where it is, and the keys to it.</summary>
/// <param name="options">The settings.</param>
/// <param name="hasCompute">Whether the cloud has compute, and so may do without an account.</param>
/// <param name="report">Takes a setting and what is wrong with it.</param>
internal sealed class AzureAccountValidator(AzureOptions options, bool hasCompute, Action<string, string> report)
{
    public void Validate()
    {
        ValidateConnectionString();
        ValidateAccountName();
        ValidateUri(nameof(AzureOptions.BlobServiceUri), options.BlobServiceUri, mayBeHttp: true);
        ValidateUri(nameof(AzureOptions.AuthorityHost), options.AuthorityHost, mayBeHttp: false);
        ValidateSecrets();
    }

    private static bool IsSet(string? text) => !string.IsNullOrWhiteSpace(text);

    private void ValidateConnectionString()
    {
        if (!IsSet(options.ConnectionString))
        {
            if (!IsSet(options.BlobServiceUri) && !IsSet(options.AccountName) && !hasCompute)
            {
                report(nameof(AzureOptions.BlobServiceUri), "the account is not named; set BlobServiceUri, such as https://acmemedia.blob.core.windows.net, AccountName or ConnectionString.");
            }

            return;
        }

        if (AzureConnectionString.TryParse(options.ConnectionString!, out var problem) is not { } connection)
        {
            report(nameof(AzureOptions.ConnectionString), problem!);
            return;
        }

        if (IsSet(options.BlobServiceUri) || IsSet(options.AccountName))
        {
            report(nameof(AzureOptions.ConnectionString), "it names the account already; set either ConnectionString, or BlobServiceUri and AccountName.");
        }

        if (connection is { AccountKey: null, SasToken: null } && !IsSet(options.AccountKey) && !IsSet(options.SasToken) && options.Credential == AzureCredentialKind.Default)
        {
            report(nameof(AzureOptions.ConnectionString), "it has neither AccountKey nor SharedAccessSignature; copy it whole, or name the account by AccountName to sign in by Entra ID.");
        }

        ValidateUri(nameof(AzureOptions.ConnectionString), connection.BlobEndpoint, mayBeHttp: true, isSecret: true);
        CheckKey(nameof(AzureOptions.ConnectionString), connection.AccountKey);
        CheckSas(nameof(AzureOptions.ConnectionString), connection.SasToken);
    }

    private void ValidateAccountName()
    {
        if (options.AccountName is { Length: > 0 } name && (name.Length is < 3 or > 24 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))))
        {
            report(nameof(AzureOptions.AccountName), $"'{name}' is not the name of a storage account; it has 3 to 24 lower-case letters and digits.");
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
            report(key, $"{shown} is not an absolute {schemes} URL, such as {(mayBeHttp ? "https://acmemedia.blob.core.windows.net" : "https://login.microsoftonline.com")}.");
        }
        else if (uri.UserInfo.Length > 0)
        {
            // Not repeated here, because it may hold a secret.
            report(key, "the URL must not hold a user name or password.");
        }
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            // A query is mostly a SAS.
            report(key, "the URL must not be followed by a query or fragment; set a shared access signature as SasToken.");
        }
    }

    private void ValidateSecrets()
    {
        CheckKey(nameof(AzureOptions.AccountKey), options.AccountKey);
        CheckSas(nameof(AzureOptions.SasToken), options.SasToken);
        if (IsSet(options.AccountKey) && IsSet(options.SasToken))
        {
            report(nameof(AzureOptions.SasToken), "set AccountKey or SasToken, not both.");
        }
    }

    private void CheckKey(string setting, string? key)
    {
        if (IsSet(key) && !Convert.TryFromBase64String(key!, new byte[key!.Length], out _))
        {
            report(setting, "the account key is not base64; copy it whole, from the account's access keys.");
        }
    }

    private void CheckSas(string setting, string? sas)
    {
        if (IsSet(sas) && !sas!.Contains("sig=", StringComparison.Ordinal))
        {
            report(setting, "the shared access signature has no 'sig'; copy it whole, from 'sv=' or '?sv=' on.");
        }
    }
}
