using System.Buffers;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SkyCompat.Kubernetes;

/// <summary>YAML, of which JSON is a part, as the trees that API servers take.</summary>
internal static class YamlDocuments
{
    private const int MaxDepth = 100;
    private const int MaxNodes = 1_000_000;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789+-.eE");

    /// <summary>Reads all documents; empty ones are left out.</summary>
    /// <exception cref="FormatException">The text is not YAML; the message says where and repeats nothing of it.</exception>
    public static IReadOnlyList<JsonNode> Read(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new FormatException($"it is not YAML at line {exception.Start.Line}, column {exception.Start.Column}.", exception);
        }

        // A few aliases of aliases can stand for more nodes than there is memory.
        var left = MaxNodes;
        return [.. stream.Documents.Select(document => Convert(document.RootNode, 0, ref left)).OfType<JsonNode>()];
    }

    private static JsonNode? Convert(YamlNode node, int depth, ref int left)
    {
        if (depth > MaxDepth || --left < 0)
        {
            throw new FormatException($"it is nested more than {MaxDepth} deep, or has more than {MaxNodes} nodes.");
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                AddMembers(mapping, members, depth, ref left);
                return members;
            case YamlSequenceNode sequence:
                var items = new JsonArray();
                foreach (var item in sequence)
                {
                    items.Add(Convert(item, depth + 1, ref left));
                }

                return items;
            default:
                var scalar = (YamlScalarNode)node;
                return scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? OfPlain(scalar.Value ?? "") : JsonValue.Create(scalar.Value ?? "");
        }
    }

    private static void AddMembers(YamlMappingNode mapping, JsonObject members, int depth, ref int left)
    {
        foreach (var (key, value) in mapping)
        {
            var name = (key as YamlScalarNode)?.Value ?? throw new FormatException($"the key at line {key.Start.Line} is not a text.");
            if (name == "<<" && value is YamlMappingNode merged)
            {
                var inherited = new JsonObject();
                AddMembers(merged, inherited, depth + 1, ref left);
                foreach (var (inheritedName, inheritedValue) in inherited.Where(pair => !mapping.Children.ContainsKey(new YamlScalarNode(pair.Key))).ToList())
                {
                    inherited.Remove(inheritedName);
                    members[inheritedName] = inheritedValue;
                }
            }
            else
            {
                members[name] = Convert(value, depth + 1, ref left);
            }
        }
    }

    /// <summary>Text without quotation marks: null, a truth, a number (a leading 0 is octal, as file modes are written), or a text.</summary>
    private static JsonValue? OfPlain(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return null;
            case "true" or "True" or "TRUE":
                return JsonValue.Create(true);
            case "false" or "False" or "FALSE":
                return JsonValue.Create(false);
            default:
                break;
        }

        if (text.Length is > 1 and < 20 && text[0] == '0' && text.AsSpan(1).IndexOfAnyExceptInRange('0', '7') < 0)
        {
            return JsonValue.Create(System.Convert.ToInt64(text, 8));
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return JsonValue.Create(whole);
        }

        var looksLikeNumber = char.IsAsciiDigit(text[^1]) || text[^1] == '.';
        return looksLikeNumber && text.AsSpan().IndexOfAnyExcept(NumberCharacters) < 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? JsonValue.Create(number)
            : JsonValue.Create(text);
    }
}
