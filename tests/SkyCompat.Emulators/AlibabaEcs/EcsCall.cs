using System.Globalization;

namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A call: an operation and its flattened parameters.</summary>
internal sealed class EcsCall(string action, IReadOnlyDictionary<string, string> parameters, DateTimeOffset now)
{
    public string Action { get; } = action;

    public IReadOnlyDictionary<string, string> Parameters { get; } = parameters;

    public DateTimeOffset Now { get; } = now;

    public string Region => Need("RegionId");

    /// <summary>The time as ECS writes it, without seconds.</summary>
    public string Minute => Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time as VPC writes it.</summary>
    public string Second => Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public string? Text(string name) => Parameters.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string Need(string name) => Text(name) ?? throw EcsErrorException.Missing(name);

    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw EcsErrorException.Invalid(name);

    public double? Fraction(string name) => Text(name) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
        : throw EcsErrorException.Invalid(name);

    public bool Flag(string name) => string.Equals(Text(name), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The values <c>Name.1</c>, <c>Name.2</c> and so on.</summary>
    public List<string> List(string name)
    {
        var found = new List<string>();
        while (Text(string.Create(CultureInfo.InvariantCulture, $"{name}.{found.Count + 1}")) is { } value)
        {
            found.Add(value);
        }

        return found;
    }

    /// <summary>The values of a parameter that is a JSON array; null if it was not given.</summary>
    public List<string>? JsonList(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        try
        {
            return System.Text.Json.JsonSerializer.Deserialize<List<string>>(text);
        }
        catch (System.Text.Json.JsonException)
        {
            throw new EcsErrorException(400, $"Invalid{name}.Malformed", $"The specified parameter {name} is not valid.");
        }
    }

    /// <summary>The tags to give; the value of one may be empty.</summary>
    public Dictionary<string, string> Tags()
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 1; Text(string.Create(CultureInfo.InvariantCulture, $"Tag.{i}.Key")) is { } key; i++)
        {
            if (key.Length > 128 || key.StartsWith("acs:", StringComparison.Ordinal) || key.StartsWith("aliyun", StringComparison.Ordinal) || key.Contains("http://", StringComparison.Ordinal))
            {
                throw new EcsErrorException(400, "InvalidTagKey.Malformed", "The specified Tag.n.Key is not valid.");
            }

            var value = Parameters.GetValueOrDefault(string.Create(CultureInfo.InvariantCulture, $"Tag.{i}.Value"), "");
            if (!tags.TryAdd(key, value))
            {
                throw new EcsErrorException(400, "Duplicate.TagKey", "The Tag.N.Key contains duplicate keys.");
            }
        }

        return tags.Count <= 20 ? tags : throw new EcsErrorException(400, "NumberExceed.Tags", "The Tags parameter's number is exceed, maximum number is 20.");
    }

    /// <summary>Whether something has the tags asked for; a tag asked for without a value may have any.</summary>
    public bool TagsFit(IReadOnlyDictionary<string, string> tags)
    {
        for (var i = 1; Text(string.Create(CultureInfo.InvariantCulture, $"Tag.{i}.Key")) is { } key; i++)
        {
            if (!tags.TryGetValue(key, out var value) || (Parameters.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"Tag.{i}.Value"), out var wanted) && wanted != value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a parameter was not given or equals a value.</summary>
    public bool Fits(string name, string? value) => Text(name) is not { } wanted || wanted == value;
}
