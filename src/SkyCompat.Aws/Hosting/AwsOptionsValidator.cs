using SkyCompat.Hosting;
using SkyCompat.S3;

namespace SkyCompat.Aws;

/// <summary>Checks the settings of one cloud; every finding names its place in configuration and what would be right.</summary>
internal sealed class AwsOptionsValidator(AwsOptions options, CloudConfiguration cloud, ICollection<string> errors)
{
    private const int MaxConnections = 10_000;
    private static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromMinutes(5);

    private readonly string _path = cloud.Section?.Path ?? $"{cloud.Path}:Aws";

    public void Validate()
    {
        ValidateRegion();
        ValidateUrl(nameof(AwsOptions.Endpoint), options.Endpoint, "https://ec2.eu-central-1.amazonaws.com", allowsPath: false);
        ValidateUrl(nameof(AwsOptions.S3Endpoint), options.S3Endpoint, "https://s3.eu-central-1.amazonaws.com", allowsPath: true);
        ValidateUrl(nameof(AwsOptions.EksEndpoint), options.EksEndpoint, "https://eks.eu-central-1.amazonaws.com", allowsPath: false);
        ValidateRole(nameof(AwsOptions.EksClusterRole), options.EksClusterRole);
        ValidateRole(nameof(AwsOptions.EksNodeRole), options.EksNodeRole);
        ValidateCredentials();
        if (options.AddressingStyle is { } style && !Enum.IsDefined(style))
        {
            Report(nameof(AwsOptions.AddressingStyle), $"'{style}' is unknown; use {string.Join(", ", Enum.GetNames<S3AddressingStyle>())}.");
        }

        if (options.MaxConnections is < 1 or > MaxConnections)
        {
            Report(nameof(AwsOptions.MaxConnections), $"{options.MaxConnections} is out of range; use 1 to {MaxConnections}.");
        }

        if (options.ConnectTimeout < TimeSpan.FromMilliseconds(1) || options.ConnectTimeout > MaxConnectTimeout)
        {
            Report(nameof(AwsOptions.ConnectTimeout), $"{options.ConnectTimeout} is out of range; use 00:00:00.001 to {MaxConnectTimeout}.");
        }
    }

    private void ValidateRegion()
    {
        var path = $"{cloud.Path}:Region";
        if (string.IsNullOrWhiteSpace(cloud.Region))
        {
            errors.Add($"{path}: a region is required, as endpoints and signatures name it; set one such as eu-central-1.");
        }
        else if (!cloud.Region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            errors.Add($"{path}: '{cloud.Region}' is not a region; it has lower-case letters, digits and hyphens, such as eu-central-1.");
        }
        else if (char.IsAsciiLetterLower(cloud.Region[^1]) && cloud.Region.Length > 1 && char.IsAsciiDigit(cloud.Region[^2]))
        {
            errors.Add($"{path}: '{cloud.Region}' is a zone; write its region: '{cloud.Region[..^1]}'.");
        }
    }

    private void ValidateUrl(string key, string? value, string example, bool allowsPath)
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
            Report(key, "the URL must not hold a user name or password; set AccessKeyId and SecretAccessKey.");
        }
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0 || (uri.AbsolutePath.Length > 1 && !allowsPath))
        {
            Report(key, $"'{uri.GetLeftPart(UriPartial.Authority)}' must not be followed by a {(allowsPath ? "" : "path, ")}query or fragment.");
        }
    }

    private void ValidateRole(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value) && !(value.StartsWith("arn:", StringComparison.Ordinal) && value.Contains(":role/", StringComparison.Ordinal)))
        {
            Report(key, $"'{value}' is not the ARN of a role, such as arn:aws:iam::123456789012:role/eks.");
        }
    }

    private void ValidateCredentials()
    {
        var hasId = !string.IsNullOrEmpty(options.AccessKeyId);
        var hasSecret = !string.IsNullOrEmpty(options.SecretAccessKey);
        if (hasId != hasSecret)
        {
            Report(hasId ? nameof(AwsOptions.SecretAccessKey) : nameof(AwsOptions.AccessKeyId), "set AccessKeyId and SecretAccessKey together, or neither to use the AWS default credential chain.");
        }

        if (!string.IsNullOrEmpty(options.SessionToken) && !hasId)
        {
            Report(nameof(AwsOptions.SessionToken), "a session token belongs to an AccessKeyId and a SecretAccessKey; set them too.");
        }

        if (hasId && !string.IsNullOrEmpty(options.Profile))
        {
            Report(nameof(AwsOptions.Profile), "keys are configured too; set the keys or the profile.");
        }
    }

    private void Report(string key, string text) => errors.Add($"{_path}:{key}: {text}");
}
