namespace SkyCompat.Cli.Doctor;

/// <summary>What to do next, in the words of each provider.</summary>
internal static class Advice
{
    public static string Credentials(ICloud cloud)
    {
        var path = $"SkyCompat:Clouds:{cloud.Name}:{cloud.Provider.Name}";
        return cloud.Provider.Name switch
        {
            "S3" => $"Correct {path}:AccessKeyId and SecretAccessKey, or leave both out and sign in with `aws configure` or `aws sso login`.",
            "Azure" => $"Sign in with `az login`, or correct {path}:ConnectionString, AccountKey, SasToken or ClientSecret.",
            "Google" => $"Sign in with `gcloud auth application-default login`, or correct {path}:CredentialsFile.",
            "Alibaba" => $"Correct {path}:AccessKeyId and AccessKeySecret, or leave both out and run `aliyun configure`.",
            _ => $"Correct the credentials under {path}.",
        };
    }

    public static string Permission(ICloud cloud) => cloud.Provider.Name switch
    {
        "S3" => "Allow s3:ListAllMyBuckets, or name the buckets under SkyCompat:Buckets and go by them.",
        "Azure" => "Give the account the role Storage Blob Data Contributor, or name the containers under SkyCompat:Buckets and go by them.",
        "Google" => "Give the account storage.buckets.list, or name the buckets under SkyCompat:Buckets and go by them.",
        "Alibaba" => "Allow oss:ListBuckets, or name the buckets under SkyCompat:Buckets and go by them.",
        _ => "Allow the account to list buckets, or name them under SkyCompat:Buckets and go by them.",
    };

    public static string Reach(ICloud cloud, string? endpoint) => endpoint is null
        ? "Check the network, the proxy (HTTPS_PROXY) and the region."
        : $"Is {endpoint} right, and up? Correct SkyCompat:Clouds:{cloud.Name}:{cloud.Provider.Name}, or check the network and the proxy (HTTPS_PROXY).";
}
