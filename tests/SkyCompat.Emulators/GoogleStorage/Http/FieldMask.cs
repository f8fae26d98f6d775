using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A partial response as the parameter <c>fields</c> asks for it: <c>nextPageToken,items(name,size),resource/etag,*</c>.</summary>
internal sealed class FieldMask
{
    private readonly Dictionary<string, FieldMask?> _fields = new(StringComparer.Ordinal);

    private FieldMask()
    {
    }

    /// <exception cref="GcsError">400: it is no such expression.</exception>
    public static FieldMask Parse(string text)
    {
        var position = 0;
        var mask = ParseList(text, ref position);
        return position == text.Length ? mask : throw Malformed(text);
    }

    /// <summary>What is left of <paramref name="node"/>, as a node of its own.</summary>
    public JsonNode? Apply(JsonNode? node) => node switch
    {
        JsonArray array => new JsonArray([.. array.Select(Apply)]),
        JsonObject value => new JsonObject(value
            .Where(pair => _fields.ContainsKey(pair.Key) || _fields.ContainsKey("*"))
            .Select(pair => KeyValuePair.Create(pair.Key, (_fields.GetValueOrDefault(pair.Key) ?? _fields.GetValueOrDefault("*")) is { } inner ? inner.Apply(pair.Value) : pair.Value?.DeepClone()))),
        _ => node?.DeepClone(),
    };

    private static FieldMask ParseList(string text, ref int position)
    {
        var mask = new FieldMask();
        while (true)
        {
            mask.ParseField(text, ref position);
            if (position == text.Length || text[position] != ',')
            {
                return mask;
            }

            position++;
        }
    }

    private void ParseField(string text, ref int position)
    {
        var end = text.AsSpan(position).IndexOfAny(",/()");
        end = end < 0 ? text.Length : position + end;
        var name = text[position..end].Trim();
        if (name.Length == 0)
        {
            throw Malformed(text);
        }

        position = end;
        FieldMask? inner = null;
        if (position < text.Length && text[position] == '/')
        {
            position++;
            inner = new FieldMask();
            inner.ParseField(text, ref position);
        }
        else if (position < text.Length && text[position] == '(')
        {
            position++;
            inner = ParseList(text, ref position);
            if (position == text.Length || text[position++] != ')')
            {
                throw Malformed(text);
            }
        }

        if (inner is not null && _fields.GetValueOrDefault(name) is { } known)
        {
            foreach (var (key, value) in inner._fields)
            {
                known._fields[key] = value;
            }
        }
        else
        {
            _fields[name] = inner;
        }
    }

    private static GcsError Malformed(string text) => GcsError.InvalidParameter("fields", $"Invalid field selection {text}");
}
