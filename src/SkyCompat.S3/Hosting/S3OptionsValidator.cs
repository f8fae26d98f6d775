using SkyCompat.Hosting;

namespace SkyCompat.S3;

/// <summary>Checks the settings of one cloud; every finding names its place in configuration and what would be right.</summary>
internal sealed class S3OptionsValidator(S3Options options, CloudConfiguration cloud, ICollection<string> errors)
{
    private const int MaxConnections = 10_000;
    private static readonly TimeSpan MaxConnectTimeout = TimeSpan.FromMinutes(5);

    private readonly string _path = cloud.Section?.Path ?? $"{cloud.Path}:S3";

    public void Validate(IReadOnlyList<S3Profile> profiles)
    {
        var profile = FindProfile(profiles);
        ValidateEndpoint(profile);
        ValidateRegion(profile);
        ValidateKeys();
        if (options.MaxConnections is < 1 or > MaxConnections)
        {
            Report(nameof(S3Options.MaxConnections), $"{options.MaxConnections} is out of range; use 1 to {MaxConnections}.");
        }

        if (options.ConnectTimeout < TimeSpan.FromMilliseconds(1) || options.ConnectTimeout > MaxConnectTimeout)
        {
            Report(nameof(S3Options.ConnectTimeout), $"{options.ConnectTimeout} is out of range; use 00:00:00.001 to {MaxConnectTimeout}.");
        }

        ValidateOverrides(profile);
    }

    private S3Profile? FindProfile(IReadOnlyList<S3Profile> profiles)
    {
        var names = string.Join(", ", profiles.Select(p => p.Name).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase));
        if (string.IsNullOrWhiteSpace(options.Profile))
        {
            Report(nameof(S3Options.Profile), $"a profile is required, since stores differ and are never guessed. Profiles: {names}.");
            return null;
        }

        foreach (var profile in profiles)
        {
            if (profile.Name.Equals(options.Profile, StringComparison.OrdinalIgnoreCase))
            {
                return profile;
            }
        }

        Report(nameof(S3Options.Profile), $"there is no profile '{options.Profile}'.{ProfileHint.For(options.Profile, profiles)} Profiles: {names}.");
        return null;
    }

    private void ValidateEndpoint(S3Profile? profile)
    {
        if (options.Endpoint is null)
        {
            if (profile is { EndpointTemplate: null })
            {
                Report(nameof(S3Options.Endpoint), $"profile '{profile.Name}' has no endpoint of its own; set the store's URL, such as https://s3.example.com.");
            }

            return;
        }

        if (!Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            Report(nameof(S3Options.Endpoint), $"'{options.Endpoint}' is not an absolute http or https URL, such as https://s3.example.com.");
        }
        else if (uri.UserInfo.Length > 0)
        {
            // Not repeated here, because it may hold a secret.
            Report(nameof(S3Options.Endpoint), "the URL must not hold a user name or password; set AccessKeyId and SecretAccessKey.");
        }
        else if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            Report(nameof(S3Options.Endpoint), $"'{uri.GetLeftPart(UriPartial.Path)}' must not be followed by a query or fragment.");
        }
    }

    private void ValidateRegion(S3Profile? profile)
    {
        var region = options.Region ?? cloud.Region;
        if (profile is { NeedsRegion: true } && string.IsNullOrWhiteSpace(region))
        {
            errors.Add($"{cloud.Path}:Region: profile '{profile.Name}' needs a region, as its endpoint or signature names it.");
        }
        else if (region is not null && !region.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            errors.Add($"{(options.Region is null ? cloud.Path : _path)}:Region: '{region}' is not a region; it has letters, digits and hyphens.");
        }
    }

    private void ValidateKeys()
    {
        var hasId = !string.IsNullOrEmpty(options.AccessKeyId);
        var hasSecret = !string.IsNullOrEmpty(options.SecretAccessKey);
        if (hasId != hasSecret)
        {
            Report(hasId ? nameof(S3Options.SecretAccessKey) : nameof(S3Options.AccessKeyId), "set AccessKeyId and SecretAccessKey together, or neither to use the AWS default credential chain.");
        }

        if (!string.IsNullOrEmpty(options.SessionToken) && !hasId)
        {
            Report(nameof(S3Options.SessionToken), "a session token belongs to an AccessKeyId and a SecretAccessKey; set them too.");
        }
    }

    private void ValidateOverrides(S3Profile? profile)
    {
        const string Section = nameof(S3Options.Overrides);
        var o = options.Overrides;
        CheckRange(nameof(o.MaxKeyBytes), o.MaxKeyBytes, 1, 65_536);
        CheckRange(nameof(o.MaxMetadataBytes), o.MaxMetadataBytes, 0, 65_536);
        CheckRange(nameof(o.MaxTags), o.MaxTags, 0, 1000);
        CheckRange(nameof(o.MaxObjectBytes), o.MaxObjectBytes, 1, long.MaxValue);
        CheckRange(nameof(o.MaxPutBytes), o.MaxPutBytes, 1, long.MaxValue);
        CheckRange(nameof(o.MinPartBytes), o.MinPartBytes, 1, long.MaxValue);
        CheckRange(nameof(o.MaxPartBytes), o.MaxPartBytes, 1, long.MaxValue);
        CheckRange(nameof(o.MaxParts), o.MaxParts, 1, 1_000_000);
        CheckRange(nameof(o.MaxCopyBytes), o.MaxCopyBytes, 1, long.MaxValue);
        CheckRange(nameof(o.MaxBatchDelete), o.MaxBatchDelete, 1, 10_000);
        CheckRange(nameof(o.MaxPageSize), o.MaxPageSize, 1, 10_000);
        if (o.MaxSignedLifetime is { } lifetime && (lifetime < TimeSpan.FromSeconds(1) || lifetime > TimeSpan.FromDays(7)))
        {
            Report($"{Section}:{nameof(o.MaxSignedLifetime)}", $"{lifetime} is out of range; use 00:00:01 to 7.00:00:00.");
        }

        if (profile is not null && o.Apply(profile) is { } effective && effective.MinPartBytes > effective.MaxPartBytes)
        {
            Report($"{Section}:{nameof(o.MinPartBytes)}", $"the smallest part, {effective.MinPartBytes} bytes, is larger than the largest, {effective.MaxPartBytes}.");
        }
    }

    private void CheckRange(string key, long? value, long min, long max)
    {
        if (value < min || value > max)
        {
            Report($"{nameof(S3Options.Overrides)}:{key}", $"{value} is out of range; use {min} to {max}.");
        }
    }

    private void Report(string key, string text) => errors.Add($"{_path}:{key}: {text}");
}
