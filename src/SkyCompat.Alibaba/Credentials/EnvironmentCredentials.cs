using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>A key pair in the environment: ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and, for temporary ones, ALIBABA_CLOUD_SECURITY_TOKEN.</summary>
internal sealed class EnvironmentCredentials(ProcessEnvironment environment) : CredentialPlace
{
    private const string IdVariable = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private const string SecretVariable = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";

    public override Task<CredentialAnswer> LookAsync(bool isNeeded, CancellationToken cancellationToken) =>
        environment.Get(IdVariable) is { } id && environment.Get(SecretVariable) is { } secret
            ? Task.FromResult(CredentialAnswer.Found(new S3Credentials(id, secret, environment.Get("ALIBABA_CLOUD_SECURITY_TOKEN"), expiresAt: null)))
            : CredentialAnswer.NoneTask($"Environment: {IdVariable} and {SecretVariable} are not both set.");
}
