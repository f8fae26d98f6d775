using System.Globalization;

namespace SkyCompat.Alibaba;

/// <summary>A call of RPC style and its parameters; lists and structures are spelled out in names that count from one: <c>Tag.1.Key</c>.</summary>
/// <param name="service">The interface.</param>
/// <param name="action">The operation.</param>
/// <param name="region">The region whose endpoint is asked.</param>
internal sealed class RpcCall(RpcService service, string action, string region)
{
    public RpcService Service { get; } = service;

    public string Action { get; } = action;

    public string Region { get; } = region;

    public SortedDictionary<string, string> Parameters { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it changes something.</summary>
    public bool IsWrite => !Action.StartsWith("Describe", StringComparison.Ordinal) && !Action.StartsWith("Get", StringComparison.Ordinal);

    /// <summary>A call of ECS.</summary>
    public static RpcCall Ecs(string action, string region) => new(RpcService.Ecs, action, region);

    /// <summary>A call of VPC.</summary>
    public static RpcCall Vpc(string action, string region) => new(RpcService.Vpc, action, region);

    /// <summary>Names the region, which most operations want to hear although the endpoint says it.</summary>
    public RpcCall WithRegion() => With("RegionId", Region);

    /// <summary>Adds a parameter; nothing for null or an empty text.</summary>
    public RpcCall With(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            Parameters[name] = value;
        }

        return this;
    }

    /// <summary>Adds a number; nothing for null.</summary>
    public RpcCall With(string name, int? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a number; nothing for null.</summary>
    public RpcCall With(string name, double? value) => With(name, value?.ToString("0.###", CultureInfo.InvariantCulture));

    /// <summary>Adds a list.</summary>
    public RpcCall WithList(string name, IEnumerable<string> values)
    {
        var number = 0;
        foreach (var value in values)
        {
            With(string.Create(CultureInfo.InvariantCulture, $"{name}.{++number}"), value);
        }

        return this;
    }

    /// <summary>Adds tags to give or to look for, ordered, so that a repetition is the same request.</summary>
    public RpcCall WithTags(IEnumerable<KeyValuePair<string, string>> tags)
    {
        var number = 0;
        foreach (var (key, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Tag.{++number}");

            // A tag may have an empty value, which is not the same as any value.
            Parameters[name + ".Key"] = key;
            Parameters[name + ".Value"] = value;
        }

        return this;
    }

    /// <summary>Looks for what has a tag, whatever its value.</summary>
    public RpcCall WithTagKey(string key) => With("Tag.1.Key", key);
}
