using SkyCompat.Hosting;

namespace SkyCompat.Alibaba;

/// <summary>Checks the settings of one cloud; every finding names its place in configuration and what would be right.</summary>
internal sealed class AlibabaOptionsValidator(AlibabaOptions options, CloudConfiguration cloud, ICollection<string> errors)
{
    private const int MaxConnections = 10_000;
    private static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromMinutes(5);
    private static readonly string[] DiskCategories = ["cloud_essd", "cloud_auto", "cloud_ssd", "cloud_efficiency"];

    private readonly string _path = cloud.Section?.Path ?? $"{cloud.Path}:Alibaba";

    public void Validate()
    {
        ValidateRegion();
        ValidateUrl(nameof(AlibabaOptions.Endpoint), options.Endpoint, "https://oss-cn-hangzhou.aliyuncs.com");
        ValidateUrl(nameof(AlibabaOptions.StsEndpoint), options.StsEndpoint, "https://sts.cn-hangzhou.aliyuncs.com");
        ValidateUrl(nameof(AlibabaOptions.EcsEndpoint), options.EcsEndpoint, "https://ecs.cn-hangzhou.aliyuncs.com");
        ValidateUrl(nameof(AlibabaOptions.VpcEndpoint), options.VpcEndpoint, "https://vpc.cn-hangzhou.aliyuncs.com");
        ValidateUrl(nameof(AlibabaOptions.AckEndpoint), options.AckEndpoint, "https://cs.cn-hangzhou.aliyuncs.com");
        ValidateRange(nameof(AlibabaOptions.PodRange), options.PodRange);
        ValidateRange(nameof(AlibabaOptions.ServiceRange), options.ServiceRange);
        ValidateChoices();
        ValidateCredentials();
        if (options.MaxConnections is < 1 or > MaxConnections)
        {
            Report(nameof(AlibabaOptions.MaxConnections), $"{options.MaxConnections} is out of range; use 1 to {MaxConnections}.");
        }

        if (options.ConnectTimeout < TimeSpan.FromMilliseconds(1) || options.ConnectTimeout > MaxConnectTimeout)
        {
            Report(nameof(AlibabaOptions.ConnectTimeout), $"{options.ConnectTimeout} is out of range; use 00:00:00.001 to {MaxConnectTimeout}.");
        }
    }

    private void ValidateRegion()
    {
        var path = $"{cloud.Path}:Region";
        if (string.IsNullOrWhiteSpace(cloud.Region))
        {
            errors.Add($"{path}: a region is required, as signatures name it; set the bucket's, such as cn-hangzhou.");
        }
        else if (cloud.Region.StartsWith("oss-", StringComparison.Ordinal))
        {
            errors.Add($"{path}: '{cloud.Region}' is the name of an endpoint; write the region alone: '{cloud.Region[4..]}'.");
        }
        else if (!cloud.Region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            errors.Add($"{path}: '{cloud.Region}' is not a region; it has lower-case letters, digits and hyphens, such as cn-hangzhou.");
        }
    }

    private void ValidateUrl(string key, string? value, string example)
    {
        if (value is null)
        {
            return;
        }

        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            Report(key, $"'{value}' is not an absolute http or https URL, such as {example}.");
        }
        else if (uri.UserInfo.Length > 0)
        {
            // Not repeated here, because it may hold a secret.
            Report(key, "the URL must not hold a user name or password; set AccessKeyId and AccessKeySecret.");
        }
        else if (uri.AbsolutePath.Length > 1 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            Report(key, $"'{uri.GetLeftPart(UriPartial.Authority)}' must not be followed by a path, query or fragment.");
        }
    }

    private void ValidateRange(string key, string value)
    {
        if (!System.Net.IPNetwork.TryParse(value, out var range) || range.PrefixLength is < 8 or > 24)
        {
            Report(key, $"'{value}' is not an IPv4 range of 8 to 24 prefix bits, such as 172.20.0.0/16.");
        }
    }

    private void ValidateChoices()
    {
        if (!Enum.IsDefined(options.Network))
        {
            Report(nameof(AlibabaOptions.Network), $"'{options.Network}' is unknown; use {string.Join(", ", Enum.GetNames<OssNetwork>())}.");
        }

        if (!Enum.IsDefined(options.Addressing))
        {
            Report(nameof(AlibabaOptions.Addressing), $"'{options.Addressing}' is unknown; use {string.Join(", ", Enum.GetNames<OssAddressing>())}.");
        }

        if (!DiskCategories.Contains(options.DiskCategory, StringComparer.Ordinal))
        {
            Report(nameof(AlibabaOptions.DiskCategory), $"'{options.DiskCategory}' is unknown; use {string.Join(", ", DiskCategories)}.");
        }

        if (options.Endpoint is not null && options.Network != OssNetwork.Public)
        {
            Report(nameof(AlibabaOptions.Network), $"{options.Network} chooses an endpoint, and Endpoint names one; set one of the two.");
        }

        if (options.Endpoint is null && options.Addressing is OssAddressing.Path or OssAddressing.CustomDomain)
        {
            Report(nameof(AlibabaOptions.Addressing), $"{options.Addressing} needs an Endpoint of one's own: OSS's refuse it.");
        }
    }

    private void ValidateCredentials()
    {
        var hasId = !string.IsNullOrEmpty(options.AccessKeyId);
        var hasSecret = !string.IsNullOrEmpty(options.AccessKeySecret);
        if (hasId != hasSecret)
        {
            Report(hasId ? nameof(AlibabaOptions.AccessKeySecret) : nameof(AlibabaOptions.AccessKeyId), "set AccessKeyId and AccessKeySecret together, or neither to use the credential chain.");
        }

        if (!string.IsNullOrEmpty(options.SecurityToken) && !hasId)
        {
            Report(nameof(AlibabaOptions.SecurityToken), "a security token belongs to an AccessKeyId and an AccessKeySecret; set them too.");
        }

        if (hasId && !string.IsNullOrEmpty(options.CredentialProfile))
        {
            Report(nameof(AlibabaOptions.CredentialProfile), "keys are configured too; set the keys or the profile.");
        }
    }

    private void Report(string key, string text) => errors.Add($"{_path}:{key}: {text}");
}
