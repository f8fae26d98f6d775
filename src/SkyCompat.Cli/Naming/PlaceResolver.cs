using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SkyCompat.Hosting;

namespace SkyCompat.Cli.Naming;

/// <summary>Finds what names stand for, and says what there is when one stands for nothing. Sends no request.</summary>
internal sealed class PlaceResolver(Lazy<IServiceProvider> services, CliEnvironment environment)
{
    public Place Resolve(string text)
    {
        var name = StorageName.Parse(text);
        return name.Kind switch
        {
            NameKind.Cloud => ResolveCloud(name, text),
            NameKind.Logical => ResolveLogical(name, text),
            NameKind.Path => new Place(name, null, null, Path.GetFullPath(name.Key, environment.Folder)),
            _ => new Place(name, null, null, ""),
        };
    }

    private Place ResolveCloud(StorageName name, string text)
    {
        var (sky, options) = Configured();
        if (!options.Clouds.ContainsKey(name.Owner))
        {
            throw new UsageException($"There is no cloud '{name.Owner}' for '{text}'.{ConfigurationKeys.Suggest(name.Owner, options.Clouds.Keys)} {Choices(options)} A file of this name is written ./{text}.");
        }

        var cloud = sky.GetCloud(name.Owner);
        return new Place(name, cloud, name.Bucket.Length == 0 ? null : cloud.Storage.GetBucket(name.Bucket), name.Key);
    }

    private Place ResolveLogical(StorageName name, string text)
    {
        var (sky, options) = Configured();
        if (!options.Buckets.TryGetValue(name.Owner, out var bucket))
        {
            throw new UsageException($"There is no logical bucket '{name.Owner}' for '{text}'.{ConfigurationKeys.Suggest(name.Owner, options.Buckets.Keys)} {Choices(options)} A file of this name is written ./{text}.");
        }

        return new Place(name, bucket.Cloud is null ? sky.DefaultCloud : sky.GetCloud(bucket.Cloud), sky.GetBucket(name.Owner), name.Key);
    }

    private (ISky Sky, SkyCompatOptions Options) Configured() =>
        (services.Value.GetRequiredService<ISky>(), services.Value.GetRequiredService<IOptions<SkyCompatOptions>>().Value);

    private static string Choices(SkyCompatOptions options)
    {
        static string List(IEnumerable<string> names) => string.Join(", ", names.Order(StringComparer.OrdinalIgnoreCase));
        return $"Clouds: {List(options.Clouds.Keys)}.{(options.Buckets.Count > 0 ? $" Logical buckets: {List(options.Buckets.Keys.Select(name => "@" + name))}." : "")}";
    }
}
