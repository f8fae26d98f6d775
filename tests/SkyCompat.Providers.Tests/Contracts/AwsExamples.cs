using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using SkyCompat.Contracts;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>The examples that Amazon publishes with its shapes, written as its protocols write them.</summary>
internal static class AwsExamples
{
    public static readonly (string Description, string File)[] Descriptions =
    [
        (ContractSpecs.S3, "aws/s3-2006-03-01.examples-1.json"),
        (ContractSpecs.Eks, "aws/eks-2017-11-01.examples-1.json"),
        (ContractSpecs.AwsSts, "aws/sts-2011-06-15.examples-1.json"),
        (ContractSpecs.Ec2, "aws/ec2-2016-11-15.trimmed.examples-1.json"),
    ];

    public static IEnumerable<Exchange> All() => Descriptions.SelectMany(pair => Of(pair.Description, pair.File));

    private static IEnumerable<Exchange> Of(string name, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(ContractSpecs.PathOf(file)));
        var description = ContractSpecs.Get(name);
        foreach (var group in document.RootElement.GetProperty("examples").EnumerateObject())
        {
            if (description.Operations.FirstOrDefault(operation => operation.Name == group.Name) is not { } operation)
            {
                continue;
            }

            foreach (var example in group.Value.EnumerateArray())
            {
                var input = example.TryGetProperty("input", out var given) ? JsonNode.Parse(given.GetRawText())!.AsObject() : [];
                var output = example.TryGetProperty("output", out var answer) ? JsonNode.Parse(answer.GetRawText())!.AsObject() : null;
                yield return new Exchange(
                    name,
                    operation.Name,
                    example.GetProperty("id").GetString()!,
                    operation.Form is not null ? WriteCall(description, operation, input) : WriteRequest(operation, input),
                    output is null ? [] : [WriteReply(operation, output)]);
            }
        }
    }

    private static ContractRequest WriteRequest(ApiOperation operation, JsonObject input)
    {
        var path = operation.Path;
        var query = operation.Keys.Select(key => KeyValuePair.Create(key.Key, key.Value ?? "")).ToList();
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var parameter in operation.Parameters)
        {
            if (input[parameter.ModelName!] is not { } value)
            {
                continue;
            }

            input.Remove(parameter.ModelName!);
            if (parameter.Location == ParameterLocation.Path)
            {
                path = path.Replace($"{{{parameter.Name}}}", Uri.EscapeDataString(Text(value)), StringComparison.Ordinal).Replace($"{{{parameter.Name}+}}", Uri.EscapeDataString(Text(value)), StringComparison.Ordinal);
            }
            else if (parameter.IsPrefix)
            {
                headers.AddRange(value.AsObject().Select(pair => KeyValuePair.Create(parameter.Name + pair.Key, Text(pair.Value!))));
            }
            else if (value is JsonArray list)
            {
                query.AddRange(list.Select(item => KeyValuePair.Create(parameter.Name, Text(item!))));
            }
            else
            {
                (parameter.Location == ParameterLocation.Query ? query : headers).Add(new(parameter.Name, Text(value)));
            }
        }

        var body = WriteBody(operation.Body, input);
        if (body is not null)
        {
            headers.Add(new("Content-Type", operation.Body!.Format == BodyFormat.Json ? "application/json" : "application/xml"));
        }

        return new ContractRequest { Method = operation.Method, Path = path, Query = query, Headers = headers, Body = body is null ? null : (ReadOnlyMemory<byte>?)body, HasBody = body is not null };
    }

    private static ContractRequest WriteCall(ApiDescription description, ApiOperation operation, JsonObject input)
    {
        var pairs = new List<string> { "Action=" + operation.Name, "Version=" + description.Version };
        Flatten(operation.Form!, input, "", description.FormStyle, pairs);
        return new ContractRequest
        {
            Method = "POST",
            Path = "/",
            Headers = [new("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")],
            Body = Encoding.UTF8.GetBytes(string.Join('&', pairs)),
            HasBody = true,
        };
    }

    private static void Flatten(ApiSchema schema, JsonNode value, string name, FormStyle style, List<string> pairs)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (var (key, member) in members)
                {
                    var property = Find(schema, key);
                    Flatten(property.Schema, member!, name.Length == 0 ? property.Name : $"{name}.{property.Name}", style, pairs);
                }

                break;
            case JsonArray items:
                var number = 1;
                foreach (var item in items)
                {
                    Flatten(schema.Items ?? ApiSchema.Any, item!, style == FormStyle.AwsQuery ? $"{name}.{schema.ItemName}.{number++}" : $"{name}.{number++}", style, pairs);
                }

                break;
            default:
                pairs.Add($"{name}={Uri.EscapeDataString(Text(value))}");
                break;
        }
    }

    private static ContractReply WriteReply(ApiOperation operation, JsonObject output)
    {
        var reply = operation.Replies[0];
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var header in reply.Headers)
        {
            if (output[header.ModelName!] is { } value)
            {
                output.Remove(header.ModelName!);
                if (header.IsPrefix)
                {
                    headers.AddRange(value.AsObject().Select(pair => KeyValuePair.Create(header.Name + pair.Key, Text(pair.Value!))));
                }
                else
                {
                    headers.Add(new(header.Name, Text(value)));
                }
            }
        }

        byte[]? body;
        if (operation.Form is null)
        {
            body = WriteBody(reply.Body, output);
        }
        else
        {
            var result = reply.Body!.Schema.Properties.Values.FirstOrDefault(property => property.Name.EndsWith("Result", StringComparison.Ordinal));
            var root = new XElement(reply.Body.RootName!);
            Fill(result is null ? root : Added(root, result.Name), result?.Schema ?? reply.Body.Schema, output);
            body = Encoding.UTF8.GetBytes(root.ToString());
        }

        return new ContractReply { Status = reply.From, Headers = headers, Body = body is null ? null : (ReadOnlyMemory<byte>?)body };
    }

    private static XElement Added(XElement owner, string name)
    {
        var child = new XElement(name);
        owner.Add(child);
        return child;
    }

    private static byte[]? WriteBody(ApiBody? body, JsonObject members)
    {
        if (body is null || body.Format == BodyFormat.Opaque)
        {
            return null;
        }

        var value = body.ModelName is { } name ? members[name] : members;
        if (value is null || (value is JsonObject { Count: 0 } && body.ModelName is null && body.Format == BodyFormat.Xml))
        {
            return null;
        }

        if (body.Format == BodyFormat.Json)
        {
            return Encoding.UTF8.GetBytes(value.ToJsonString());
        }

        var root = new XElement(body.RootName ?? body.Schema.Name ?? "Result");
        Fill(root, body.Schema, value);
        return Encoding.UTF8.GetBytes(root.ToString());
    }

    private static void Fill(XElement element, ApiSchema schema, JsonNode value)
    {
        switch (value)
        {
            case JsonObject members when schema.Kind == SchemaKind.Map:
                foreach (var (key, member) in members)
                {
                    element.Add(new XElement("entry", new XElement("key", key), new XElement("value", Text(member!))));
                }

                break;
            case JsonObject members:
                foreach (var (key, member) in members)
                {
                    Add(element, Find(schema, key), member!);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Fill(Added(element, schema.ItemName ?? "member"), schema.Items ?? ApiSchema.Any, item!);
                }

                break;
            default:
                element.Value = schema.Format == "timestamp" && value.GetValueKind() == JsonValueKind.Number
                    ? DateTimeOffset.FromUnixTimeSeconds((long)value.GetValue<double>()).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
                    : Text(value);
                break;
        }
    }

    private static void Add(XElement owner, ApiProperty property, JsonNode value)
    {
        if (property.Role == XmlNodeRole.Attribute)
        {
            owner.Add(new XAttribute(XName.Get(property.XmlName[(property.XmlName.IndexOf(':', StringComparison.Ordinal) + 1)..], "http://www.w3.org/2001/XMLSchema-instance"), Text(value)));
        }
        else if (property.Role == XmlNodeRole.Text)
        {
            owner.Value = Text(value);
        }
        else if (property.Schema is { Kind: SchemaKind.Array, IsFlattened: true })
        {
            foreach (var item in value.AsArray())
            {
                Fill(Added(owner, property.XmlName), property.Schema.Items!, item!);
            }
        }
        else
        {
            Fill(Added(owner, property.XmlName), property.Schema, value);
        }
    }

    /// <summary>A member by its name in the model; one that the model does not have is written under its own name, for the check to find.</summary>
    private static ApiProperty Find(ApiSchema schema, string name) =>
        schema.Properties.Values.FirstOrDefault(property => property.ModelName == name) ?? new ApiProperty { Name = name, XmlName = name, Schema = ApiSchema.Any };

    private static string Text(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToJsonString(),
    };
}
