namespace SkyCompat.Azure;

/// <summary>Checks who signs in, and that what is set is used.</summary>
/// <param name="options">The settings.</param>
/// <param name="hasCompute">Whether the cloud has compute, which always signs in by an identity.</param>
/// <param name="report">Takes a setting and what is wrong with it.</param>
internal sealed class AzureIdentityValidator(AzureOptions options, bool hasCompute, Action<string, string> report)
{
    public void Validate()
    {
        if (!Enum.IsDefined(options.Credential))
        {
            report(nameof(AzureOptions.Credential), $"'{options.Credential}' is unknown. Choices: {string.Join(", ", Enum.GetNames<AzureCredentialKind>())}.");
        }

        if (!Enum.IsDefined(options.UploadChecksum))
        {
            report(nameof(AzureOptions.UploadChecksum), $"'{options.UploadChecksum}' is unknown. Choices: {string.Join(", ", Enum.GetNames<AzureUploadChecksum>())}.");
        }

        if (AzureAccount.IsNamed(options) && !ValidateAccount(AzureAccount.Of(options)) && !hasCompute)
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
            report(nameof(AzureOptions.AccountName), "the endpoint does not name the account; set AccountName.");
        }

        if (account.Key is not null || account.Sas is not null)
        {
            if (options.Credential != AzureCredentialKind.Default && !hasCompute)
            {
                report(nameof(AzureOptions.Credential), "a key or SAS is set, so no identity is used; leave Credential out, or the key or SAS.");
            }

            return false;
        }

        if (account.ServiceUri.Scheme != Uri.UriSchemeHttps)
        {
            report(nameof(AzureOptions.BlobServiceUri), "Entra ID tokens are sent over https only; use https, or set AccountKey or SasToken.");
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
                    report(name, "Credential ClientSecret needs TenantId, ClientId and ClientSecret.");
                }
            }
        }
        else if (IsSet(options.ClientSecret))
        {
            report(nameof(AzureOptions.ClientSecret), "it is used with Credential ClientSecret only; set that, or leave it out.");
        }
    }

    private static bool IsSet(string? text) => !string.IsNullOrWhiteSpace(text);
}
