using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using SkyCompat.Contracts;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>Spoils messages, one fault each, every fault that can be made at every place.</summary>
internal static class Mutator
{
    /// <summary>The spoilt forms of a request.</summary>
    public static IEnumerable<(string What, ContractRequest Request)> Spoil(ApiOperation operation, ContractRequest request)
    {
        ContractRequest With(IReadOnlyList<KeyValuePair<string, string>>? query = null, IReadOnlyList<KeyValuePair<string, string>>? headers = null, ReadOnlyMemory<byte>? body = null, string? path = null, string? method = null) => new()
        {
            Method = method ?? request.Method,
            Path = path ?? request.Path,
            Query = query ?? request.Query,
            Headers = headers ?? request.Headers,
            Body = body ?? request.Body,
            HasBody = request.HasBody,
        };

        yield return ("method", With(method: "TRACE"));
        if (operation.Path.LastIndexOf('/') is var slash and > 0 && !operation.Path[slash..].Contains('{', StringComparison.Ordinal))
        {
            yield return ("misspelt path", With(path: request.Path + "x"));
        }

        foreach (var (what, query) in SpoilPairs(request.Query, name => operation.Form?.Properties.GetValueOrDefault(name) is { } value ? (value.Schema, value.IsRequired) : operation.Query(name) is { } parameter ? (parameter.Schema, parameter.IsRequired) : null))
        {
            yield return ($"query {what}", With(query));
        }

        foreach (var (what, headers) in SpoilPairs(request.Headers, name => operation.Header(name) is { IsPrefix: false } header ? (header.Schema, header.IsRequired) : null, onlyDeclared: true))
        {
            yield return ($"header {what}", With(headers: headers));
        }

        if (request.Body is not { } body)
        {
            yield break;
        }

        if (operation.Form is { } form)
        {
            foreach (var (what, pairs) in SpoilPairs(request.FormValues(), name => form.Properties.GetValueOrDefault(name) is { } value ? (value.Schema, value.IsRequired) : null))
            {
                yield return ($"form {what}", With(body: Encoding.UTF8.GetBytes(string.Join('&', pairs.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}")))));
            }
        }
        else if (operation.Body is { } declared)
        {
            foreach (var (what, spoilt) in SpoilBody(declared, body, isRequest: true))
            {
                yield return ($"body {what}", With(body: spoilt));
            }
        }
    }

    /// <summary>The spoilt forms of a reply.</summary>
    public static IEnumerable<(string What, ContractReply Reply)> Spoil(ApiOperation operation, ContractReply reply)
    {
        yield return ("status", new ContractReply { Status = 299, Headers = reply.Headers, Body = reply.Body });
        var declared = operation.ReplyOf(reply.Status)!;
        foreach (var (what, headers) in SpoilPairs(reply.Headers, name => declared.Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { IsPrefix: false } header ? (header.Schema, false) : null, onlyDeclared: true))
        {
            yield return ($"header {what}", new ContractReply { Status = reply.Status, Headers = headers, Body = reply.Body });
        }

        if (reply.Body is { } body && declared.Body is { } document)
        {
            foreach (var (what, spoilt) in SpoilBody(document, body, isRequest: false))
            {
                yield return ($"body {what}", new ContractReply { Status = reply.Status, Headers = reply.Headers, Body = spoilt });
            }
        }
    }

    private static IEnumerable<(string What, List<KeyValuePair<string, string>> Pairs)> SpoilPairs(IReadOnlyList<KeyValuePair<string, string>> pairs, Func<string, (ApiSchema Schema, bool IsRequired)?> find, bool onlyDeclared = false)
    {
        for (var i = 0; i < pairs.Count; i++)
        {
            var (name, value) = pairs[i];
            var known = find(name);
            if (known is null && onlyDeclared)
            {
                continue;
            }

            yield return ($"rename {name}", [.. pairs.Take(i), new(name + "Spoilt", value), .. pairs.Skip(i + 1)]);
            if (known is not var (schema, isRequired))
            {
                continue;
            }

            if (isRequired)
            {
                yield return ($"drop {name}", [.. pairs.Take(i), .. pairs.Skip(i + 1)]);
            }

            if (BadText(schema) is { } bad)
            {
                yield return ($"value of {name}", [.. pairs.Take(i), new(name, bad), .. pairs.Skip(i + 1)]);
            }
        }
    }

    private static IEnumerable<(string What, byte[] Body)> SpoilBody(ApiBody declared, ReadOnlyMemory<byte> body, bool isRequest)
    {
        var text = Encoding.UTF8.GetString(body.Span);
        if (declared.Format == BodyFormat.Json && !text.StartsWith("--", StringComparison.Ordinal))
        {
            var count = Visit(JsonNode.Parse(text)!, declared.Schema, isRequest).Count();
            for (var i = 0; i < count; i++)
            {
                var fresh = JsonNode.Parse(text)!;
                var (what, spoil) = Visit(fresh, declared.Schema, isRequest).ElementAt(i);
                spoil();
                yield return (what, Encoding.UTF8.GetBytes(fresh.ToJsonString()));
            }
        }
        else if (declared.Format == BodyFormat.Xml)
        {
            var count = Visit(XElement.Parse(text), declared.Schema, isRequest).Count();
            for (var i = 0; i < count; i++)
            {
                var fresh = XElement.Parse(text);
                var (what, spoil) = Visit(fresh, declared.Schema, isRequest).ElementAt(i);
                spoil();
                yield return (what, Encoding.UTF8.GetBytes(fresh.ToString()));
            }
        }
    }

    private static IEnumerable<(string What, Action Spoil)> Visit(JsonNode node, ApiSchema schema, bool isRequest)
    {
        if (node is JsonObject structure)
        {
            foreach (var (name, member) in structure.ToList())
            {
                var property = schema.Properties.GetValueOrDefault(name);
                var type = property?.Schema ?? schema.Items ?? ApiSchema.Any;
                yield return ($"rename {name}", () =>
                {
                    structure.Remove(name);
                    structure[name + "Spoilt"] = member?.DeepClone();
                });
                if (member is null)
                {
                    continue;
                }

                yield return ($"type of {name}", () => structure[name] = Flip(member));
                if (property is { IsRequired: true } && !(isRequest && property.IsReadOnly))
                {
                    yield return ($"drop {name}", () => structure.Remove(name));
                }

                if (BadJson(type) is { } bad)
                {
                    yield return ($"value of {name}", () => structure[name] = bad);
                }

                foreach (var inner in Visit(member, type, isRequest))
                {
                    yield return inner;
                }
            }

            if (isRequest && schema.Properties.Values.FirstOrDefault(property => property.IsReadOnly && !structure.ContainsKey(property.Name)) is { } readOnly)
            {
                yield return ($"send read-only {readOnly.Name}", () => structure[readOnly.Name] = null);
            }
        }
        else if (node is JsonArray items && items.Count > 0 && items[0] is { } first)
        {
            yield return ("type of an item", () => items[0] = Flip(first));
            foreach (var inner in Visit(first, schema.Items ?? ApiSchema.Any, isRequest))
            {
                yield return inner;
            }
        }
    }

    private static JsonNode Flip(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Object or JsonValueKind.Array => JsonValue.Create("text instead"),
        JsonValueKind.String => JsonValue.Create(12345),
        JsonValueKind.Number => JsonValue.Create("text instead"),
        _ => JsonValue.Create("text instead"),
    };

    private static JsonNode? BadJson(ApiSchema schema) => schema switch
    {
        { Kind: SchemaKind.String, Enum: not null, IsOpenEnum: false } => JsonValue.Create("NotAValueOfIt"),
        { Kind: SchemaKind.String, MaxLength: { } length and < 10_000 } => JsonValue.Create(new string('a', (int)length + 1)),
        { Kind: SchemaKind.Integer or SchemaKind.Number, Maximum: { } maximum } => JsonValue.Create(maximum + 1),
        { Kind: SchemaKind.Integer or SchemaKind.Number, Minimum: { } minimum } => JsonValue.Create(minimum - 1),
        { Kind: SchemaKind.Integer } => JsonValue.Create(1.5m),
        { Kind: SchemaKind.String, Format: "date-time" or "google-datetime" or "int64" or "uint64" or "byte" or "uuid" } => JsonValue.Create("not one!"),
        _ => null,
    };

    private static string? BadText(ApiSchema schema) => BadJson(schema)?.ToString() ?? schema switch
    {
        { Kind: SchemaKind.Number or SchemaKind.Boolean } => "neither",
        { Format: "date-time-rfc1123" or "timestamp" } => "not one!",
        { Kind: SchemaKind.String, Pattern: not null, IsPatternAnchored: true } => "\u0001!",
        _ => null,
    };

    private static IEnumerable<(string What, Action Spoil)> Visit(XElement element, ApiSchema schema, bool isRequest)
    {
        if (!element.HasElements)
        {
            if (!schema.IsStructured && schema.Kind != SchemaKind.Any)
            {
                yield return ($"elements in {element.Name.LocalName}", () => element.Add(new XElement("Spoilt")));
                if (BadText(schema) is { } bad)
                {
                    yield return ($"value of {element.Name.LocalName}", () => element.Value = bad);
                }
            }

            yield break;
        }

        yield return ($"text in {element.Name.LocalName}", () =>
        {
            element.RemoveNodes();
            element.Value = "text instead";
        });
        foreach (var child in element.Elements().ToList())
        {
            yield return ($"rename {child.Name.LocalName}", () => child.Name = child.Name.Namespace + (child.Name.LocalName + "Spoilt"));
            var property = schema.Properties.Values.FirstOrDefault(property => property.XmlName == child.Name.LocalName);
            var isOnly = element.Elements(child.Name).Count() == 1;
            if (property is { IsRequired: true } && isOnly && (isRequest || property.Schema is not { Kind: SchemaKind.Array, IsFlattened: true }))
            {
                yield return ($"drop {child.Name.LocalName}", child.Remove);
            }

            var type = property is null ? schema.Items ?? ApiSchema.Any : property.Schema is { Kind: SchemaKind.Array, IsFlattened: true } list ? list.Items! : property.Schema;
            foreach (var inner in Visit(child, type, isRequest))
            {
                yield return inner;
            }
        }
    }
}
