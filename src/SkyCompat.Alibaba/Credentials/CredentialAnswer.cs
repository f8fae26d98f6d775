using SkyCompat.S3;

namespace SkyCompat.Alibaba;

/// <summary>What was found at a place: credentials, or the reason why there are none, as a sentence.</summary>
internal readonly record struct CredentialAnswer(S3Credentials? Credentials, string? WhyNot)
{
    public static CredentialAnswer Found(S3Credentials credentials) => new(credentials, null);

    public static CredentialAnswer None(string whyNot) => new(null, whyNot);

    public static Task<CredentialAnswer> NoneTask(string whyNot) => Task.FromResult(None(whyNot));
}
