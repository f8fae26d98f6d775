using System.Globalization;

namespace SkyCompat.Azure;

/// <summary>Makes shared access signatures of one blob (Microsoft: "Create a service SAS", "Create a user delegation SAS").</summary>
internal static class SasSigner
{
    /// <summary>Signs with the account key.</summary>
    public static string Sign(SasTerms terms, AzureEndpoint endpoint, SharedKeySigner key) => Sign(terms, endpoint, key, user: null);

    /// <summary>Signs with a user delegation key.</summary>
    public static string Sign(SasTerms terms, AzureEndpoint endpoint, UserDelegationKey user) => Sign(terms, endpoint, key: null, user);

    private static string Sign(SasTerms terms, AzureEndpoint endpoint, SharedKeySigner? key, UserDelegationKey? user)
    {
        var expiry = terms.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var protocol = endpoint.Service.Scheme == Uri.UriSchemeHttps ? "https" : "https,http";
        var resource = terms.VersionId is null ? "b" : "bv";
        var headers = terms.ResponseHeaders;
        var text = new TextBuilder(stackalloc char[512]);
        var query = new TextBuilder(stackalloc char[512]);
        try
        {
            // There is no start: a start that is now is in the future for a service whose clock is late.
            AppendLines(ref text, terms.Permissions, "", expiry, $"/blob/{endpoint.Account}/{terms.Container}/{terms.Key}");
            if (user is not null)
            {
                // After the key's six: the agents and the correlation that only other kinds of such signatures have.
                AppendLines(ref text, user.ObjectId, user.TenantId, user.Start, user.Expiry, user.Service, user.Version, "", "", "");
            }
            else
            {
                AppendLines(ref text, "");
            }

            AppendLines(ref text, "", protocol, AzureClient.ApiVersion, resource, terms.VersionId ?? "", "");
            AppendLines(ref text, headers?.CacheControl ?? "", headers?.ContentDisposition ?? "", headers?.ContentEncoding ?? "", headers?.ContentLanguage ?? "");
            text.Append(headers?.ContentType);
            Span<char> signature = stackalloc char[SharedKeySigner.SignatureLength];
            if (user is null)
            {
                key!.Sign(text.Written, signature);
            }
            else
            {
                SharedKeySigner.Sign(user.Value, text.Written, signature);
            }

            Append(ref query, "sv", AzureClient.ApiVersion);
            Append(ref query, "spr", protocol);
            Append(ref query, "se", expiry);
            Append(ref query, "sr", resource);
            Append(ref query, "sp", terms.Permissions);
            if (user is not null)
            {
                Append(ref query, "skoid", user.ObjectId);
                Append(ref query, "sktid", user.TenantId);
                Append(ref query, "skt", user.Start);
                Append(ref query, "ske", user.Expiry);
                Append(ref query, "sks", user.Service);
                Append(ref query, "skv", user.Version);
            }

            Append(ref query, "versionid", terms.VersionId);
            Append(ref query, "rscc", headers?.CacheControl);
            Append(ref query, "rscd", headers?.ContentDisposition);
            Append(ref query, "rsce", headers?.ContentEncoding);
            Append(ref query, "rscl", headers?.ContentLanguage);
            Append(ref query, "rsct", headers?.ContentType);
            Append(ref query, "sig", signature);
            return query.ToString();
        }
        finally
        {
            text.Dispose();
            query.Dispose();
        }
    }

    private static void AppendLines(ref TextBuilder text, params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(line);
            text.Append('\n');
        }
    }

    private static void Append(ref TextBuilder query, string name, scoped ReadOnlySpan<char> value)
    {
        if (value.IsEmpty)
        {
            return;
        }

        if (query.Length > 0)
        {
            query.Append('&');
        }

        query.Append(name);
        query.Append('=');
        query.AppendEncoded(value, keepSlash: false);
    }
}
