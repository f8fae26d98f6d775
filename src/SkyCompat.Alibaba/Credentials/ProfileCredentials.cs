using System.Text.Json;
using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>A profile of the command line's file, <c>~/.aliyun/config.json</c>: keys, temporary keys, a role to take on, the role of the instance, a role by OIDC token, or a role through another profile.</summary>
/// <param name="environment">ALIBABA_CLOUD_CONFIG_FILE may name another file and ALIBABA_CLOUD_PROFILE the profile; ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true leaves this out.</param>
/// <param name="http">Sends the requests of roles.</param>
/// <param name="sts">Gives the credentials of roles.</param>
/// <param name="profile">The profile that configuration demands; null for the file's current one.</param>
internal sealed class ProfileCredentials(ProcessEnvironment environment, CredentialHttp http, StsClient sts, string? profile) : CredentialPlace
{
    private const int MaxSteps = 8;

    private string FileName => environment.Get("ALIBABA_CLOUD_CONFIG_FILE") ??
        Path.Combine(environment.Get("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aliyun", "config.json");

    public override async Task<CredentialAnswer> LookAsync(bool isNeeded, CancellationToken cancellationToken)
    {
        var file = FileName;
        if (profile is null && environment.IsSet("ALIBABA_CLOUD_CLI_PROFILE_DISABLED"))
        {
            return CredentialAnswer.None("Profile: switched off by ALIBABA_CLOUD_CLI_PROFILE_DISABLED.");
        }

        byte[] bytes;
        try
        {
            bytes = await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return CredentialAnswer.None($"Profile: there is no file '{file}'.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"'{file}' cannot be read: {exception.Message}");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            throw Wrong($"'{file}' is not JSON.");
        }

        using (document)
        {
            var name = profile ?? environment.Get("ALIBABA_CLOUD_PROFILE") ?? Text(document.RootElement, "current") ?? "default";
            return await Open(document.RootElement, file, name, MaxSteps).LookAsync(isNeeded: true, cancellationToken).ConfigureAwait(false);
        }
    }

    private CredentialPlace Open(JsonElement root, string file, string name, int steps)
    {
        var entry = Find(root, name) ?? throw Wrong($"'{file}' has no profile '{name}'.");
        var mode = Text(entry, "mode") ?? "AK";
        string Required(string key) => Text(entry, key) ?? throw Wrong($"Profile '{name}' of '{file}' has mode {mode} and no '{key}'.");

        S3Credentials Keys(bool withToken) => new(Required("access_key_id"), Required("access_key_secret"), withToken ? Required("sts_token") : null, expiresAt: null);

        AssumedRoleCredentials Role(CredentialPlace source) =>
            new(sts, source, Required("ram_role_arn"), Text(entry, "ram_session_name") ?? StsClient.DefaultSessionName, Text(entry, "external_id"), Seconds(entry));

        return mode switch
        {
            "AK" => new FixedCredentials(Keys(withToken: false)),
            "StsToken" => new FixedCredentials(Keys(withToken: true)),
            "RamRoleArn" => Role(new FixedCredentials(Keys(withToken: false))),
            "EcsRamRole" => new EcsRoleCredentials(http, environment, Text(entry, "ram_role_name")),
            "RamRoleArnWithEcs" => Role(new EcsRoleCredentials(http, environment, Text(entry, "ram_role_name"))),
            "OIDC" => new OidcRoleCredentials(
                sts, Required("ram_role_arn"), Required("oidc_provider_arn"), Required("oidc_token_file"), Text(entry, "ram_session_name") ?? StsClient.DefaultSessionName, Seconds(entry)),
            "ChainableRamRoleArn" => Role(steps > 0 ? Open(root, file, Required("source_profile"), steps - 1) : throw Wrong($"Profile '{name}' of '{file}' leads back to itself.")),
            _ => throw Wrong($"Profile '{name}' of '{file}' has mode '{mode}'; supported are AK, StsToken, RamRoleArn, EcsRamRole, RamRoleArnWithEcs, OIDC and ChainableRamRoleArn."),
        };
    }

    private static JsonElement? Find(JsonElement root, string name)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("profiles", out var profiles) && profiles.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in profiles.EnumerateArray())
            {
                if (Text(entry, "name") == name)
                {
                    return entry;
                }
            }
        }

        return null;
    }

    private static int? Seconds(JsonElement entry) =>
        entry.TryGetProperty("expired_seconds", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var seconds) && seconds > 0 ? seconds : null;

    private static string? Text(JsonElement entry, string key) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static CloudException Wrong(string text) => new(CloudErrorCode.Unauthenticated, text) { Scope = ErrorScope.Cloud };
}
