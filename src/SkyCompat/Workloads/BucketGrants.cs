using Microsoft.Extensions.Configuration;
using SkyCompat.Hosting;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Workloads;

/// <summary>Hands logical buckets to workloads: their settings as the environment variables that configuration reads, so that an image finds them as this process does.</summary>
/// <remarks>All settings of a cloud are kept as secrets, since some are: a list of those that are not would be wrong one day.</remarks>
internal sealed class BucketGrants(SkyCompatOptions options, SkyCompatSection section, IEnumerable<CloudProviderFactory> factories)
{
    /// <summary>What is a credential in the settings of some provider. With the workload's own identity it is left out; without it one of the first kind must be there.</summary>
    private static readonly string[] CredentialKeys =
    [
        "AccessKey", "AccessKeyId", "SecretKey", "SecretAccessKey", "SessionToken", "AccessKeySecret", "SecurityToken", "AccountKey", "ConnectionString", "SasToken", "Sas",
        "CredentialsJson", "AccessToken", "ClientSecret", "CredentialsFile", "CredentialProfile", "Anonymous",
    ];

    /// <summary>What names something of this machine, which is not in the container.</summary>
    private static readonly string[] LocalKeys = ["CredentialsFile", "CredentialProfile"];

    /// <summary>The workload with the settings of its buckets among its secrets.</summary>
    /// <exception cref="CloudException">There is no such bucket, or nothing to hand over.</exception>
    public Workload Grant(Workload workload)
    {
        if (workload.Buckets.Count == 0)
        {
            return workload;
        }

        var secrets = new Dictionary<string, string>(workload.Secrets, StringComparer.Ordinal);
        var shared = new Dictionary<string, WorkloadBucket>(StringComparer.OrdinalIgnoreCase);
        foreach (var grant in workload.Buckets)
        {
            var (cloud, bucket) = grant.Bucket is { } opened ? Locate(grant.Name, opened) : Find(grant.Name);
            if (shared.TryGetValue(cloud, out var other) && (other.ByIdentity != grant.ByIdentity || other.Endpoint != grant.Endpoint))
            {
                throw Refuse($"Buckets '{other.Name}' and '{grant.Name}' are both of cloud '{cloud}' and are to be opened in different ways; give both the same ByIdentity and Endpoint.");
            }

            shared[cloud] = grant;
            var path = $"SkyCompat__Buckets__{grant.Name}__";
            Set(secrets, path + "Cloud", cloud);
            Set(secrets, path + "Name", bucket.Name);
            Set(secrets, path + "Prefix", bucket.Prefix);
            Set(secrets, path + "ReadOnly", bucket.ReadOnly ? "true" : null);
            AddCloud(secrets, cloud, grant);
        }

        return workload with { Secrets = secrets };
    }

    private static CloudException Refuse(string message) => new(CloudErrorCode.InvalidArgument, message) { Reason = WorkloadErrorReasons.NoBucketCredentials };

    private static void Set(Dictionary<string, string> secrets, string name, string? value)
    {
        if (value is not null)
        {
            secrets[name] = value;
        }
    }

    private (string Cloud, LogicalBucketOptions Bucket) Find(string name) =>
        options.Buckets.TryGetValue(name, out var bucket)
            ? (bucket.Cloud ?? options.DefaultCloud ?? options.Clouds.Keys.Single(), bucket)
            : throw new CloudException(CloudErrorCode.NotFound, $"There is no logical bucket '{name}'.{ConfigurationKeys.Suggest(name, options.Buckets.Keys)} Buckets: {ConfigurationKeys.List(options.Buckets.Keys)}.");

    /// <summary>A bucket that was opened from a cloud, beneath all wrappers, with the prefix that they add to keys.</summary>
    private (string Cloud, LogicalBucketOptions Bucket) Locate(string name, IBucket opened)
    {
        // One character stands for the key, since an empty one is none.
        var located = opened.GetService<IObjectLocator>()?.Locate("_", null);
        return located?.Bucket is Bucket bucket && options.Clouds.ContainsKey(bucket.Context.Calls.Cloud.Name)
            ? (bucket.Context.Calls.Cloud.Name, new LogicalBucketOptions { Name = bucket.Name, Prefix = located.Key.Length > 1 ? located.Key[..^1] : null })
            : throw Refuse($"Bucket '{name}' is of no cloud of this configuration, so that there are no settings to hand over.");
    }

    private void AddCloud(Dictionary<string, string> secrets, string name, WorkloadBucket grant)
    {
        var cloud = options.Clouds[name];
        if (string.Equals(cloud.Provider, CloudProvider.Local.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse($"Bucket '{grant.Name}' is on cloud '{name}', which is this machine: a container cannot reach it. Put the bucket on another cloud.");
        }

        var configured = section.GetCloud(name);
        if (!configured.Exists())
        {
            throw Refuse($"Cloud '{name}' of bucket '{grant.Name}' was added in code, so that its settings cannot be read; put them into configuration.");
        }

        var provider = factories.First(factory => string.Equals(factory.Provider.Name, cloud.Provider, StringComparison.OrdinalIgnoreCase));
        var endpointKey = $"{provider.Provider.Name}:{provider.StorageEndpointKey}";
        var hasCredential = false;
        foreach (var (key, value) in configured.AsEnumerable(makePathsRelative: true))
        {
            if (value is null || key.Length == 0 || (grant.Endpoint is not null && string.Equals(key, endpointKey, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            var last = key[(key.LastIndexOf(':') + 1)..];

            // On AWS a profile is one of this machine's credentials; on S3-compatible stores it is the kind of store.
            var isLocal = LocalKeys.Contains(last, StringComparer.OrdinalIgnoreCase) || string.Equals(key, "Aws:Profile", StringComparison.OrdinalIgnoreCase);
            var isCredential = isLocal || CredentialKeys.Contains(last, StringComparer.OrdinalIgnoreCase);
            if (isLocal && !grant.ByIdentity)
            {
                throw Refuse($"{configured.Path}:{key} names something of this machine, which the container does not have. Configure the credential itself, or let the workload use its own identity (Identity, and ByIdentity of the bucket).");
            }

            if ((grant.ByIdentity || grant.Endpoint is not null) && string.Equals(last, "ConnectionString", StringComparison.OrdinalIgnoreCase))
            {
                throw Refuse($"{configured.Path}:{key} has the store's address and its key in one, so that neither can be handed over without the other. Configure {provider.StorageEndpointKey} and the key as settings of their own.");
            }

            hasCredential |= isCredential;
            if (!isCredential || !grant.ByIdentity)
            {
                secrets[$"SkyCompat__Clouds__{name}__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
            }
        }

        if (grant.Endpoint is { } endpoint)
        {
            secrets[$"SkyCompat__Clouds__{name}__{endpointKey.Replace(":", "__", StringComparison.Ordinal)}"] = endpoint.AbsoluteUri.TrimEnd('/');
        }

        if (!hasCredential && !grant.ByIdentity)
        {
            throw Refuse(
                $"Cloud '{name}' of bucket '{grant.Name}' has no credentials in configuration: those of this machine's own chain cannot be handed over. Configure some, or let the workload use its own identity (Identity, and ByIdentity of the bucket).");
        }
    }
}
