using Amazon.EC2;
using Amazon.EC2.Model;

namespace SkyCompat.Aws;

/// <summary>Tags, and the name, which EC2 keeps in a tag and this library does not.</summary>
internal static class Ec2Tags
{
    public const string Name = "Name";

    private static readonly string[] Wild = ["\\", "*", "?"];

    public static TagSpecification Of(ResourceType type, IReadOnlyDictionary<string, string> tags, string? name) => new() { ResourceType = type, Tags = ToList(tags, name) };

    public static Dictionary<string, string> ToDictionary(List<Tag>? tags)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags ?? [])
        {
            if (tag.Key != Name)
            {
                all[tag.Key] = tag.Value ?? "";
            }
        }

        return all;
    }

    public static string? NameOf(List<Tag>? tags)
    {
        foreach (var tag in tags ?? [])
        {
            if (tag.Key == Name)
            {
                return string.IsNullOrEmpty(tag.Value) ? null : tag.Value;
            }
        }

        return null;
    }

    public static Filter Filter(string name, params IReadOnlyList<string> values) => new() { Name = name, Values = [.. values] };

    /// <summary>Matches one tag exactly: filters read stars and question marks as wild.</summary>
    public static Filter FilterTag(string name, string value)
    {
        foreach (var wild in Wild)
        {
            value = value.Replace(wild, "\\" + wild, StringComparison.Ordinal);
        }

        return Filter($"tag:{name}", value);
    }

    /// <summary>Matches what this library made.</summary>
    public static Filter FilterOwned() => Filter("tag-key", ComputeTags.Owner);

    private static List<Tag> ToList(IReadOnlyDictionary<string, string> tags, string? name)
    {
        var list = tags.Select(tag => new Tag(tag.Key, tag.Value)).ToList();
        if (name is not null && !tags.ContainsKey(Name))
        {
            list.Add(new Tag(Name, name));
        }

        return list;
    }
}
