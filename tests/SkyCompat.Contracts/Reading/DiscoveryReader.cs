using System.Text.Json;

namespace SkyCompat.Contracts.Reading;

/// <summary>Reads Google's discovery documents.</summary>
internal sealed class DiscoveryReader
{
    private readonly JsonElement _root;
    private readonly string _servicePath;
    private readonly Dictionary<string, ApiSchema> _schemas = new(StringComparer.Ordinal);

    private DiscoveryReader(JsonElement root)
    {
        _root = root;
        _servicePath = "/" + (root.Text("servicePath") ?? "");
    }

    public static ApiDescription Read(string name, JsonElement root)
    {
        var reader = new DiscoveryReader(root);
        var operations = reader.ReadResource(root).ToList();
        if (root.Text("batchPath") is { } batch)
        {
            operations.Add(new ApiOperation
            {
                Name = $"{root.Text("name")}.batch",
                Method = "POST",
                Path = "/" + batch,
                PathPattern = PathTemplates.Compile("/" + batch, slashMayFollow: true),
                Body = new ApiBody { Format = BodyFormat.Batch, Schema = ApiSchema.Any, IsRequired = true },
                Replies = [new ApiReply { From = 200, To = 200, Body = new ApiBody { Format = BodyFormat.Opaque, Schema = ApiSchema.Any } }, Error()],
            });
        }

        return new ApiDescription { Name = name, Dialect = ApiDialect.Discovery, Version = root.Text("version") ?? "", Operations = operations };
    }

    // Discovery documents do not describe refusals; the form is that of google.rpc.Status as JSON, in which the guide to errors asks for code and message.
    private static ApiReply Error()
    {
        var text = new ApiSchema { Kind = SchemaKind.String };
        var error = new ApiSchema { Kind = SchemaKind.Object, Name = "error", IsOpen = true };
        error.Properties["code"] = new ApiProperty { Name = "code", Schema = new ApiSchema { Kind = SchemaKind.Integer }, IsRequired = true };
        error.Properties["message"] = new ApiProperty { Name = "message", Schema = text, IsRequired = true };
        error.Properties["errors"] = new ApiProperty { Name = "errors", Schema = new ApiSchema { Kind = SchemaKind.Array, Items = ApiSchema.Any } };
        var root = new ApiSchema { Kind = SchemaKind.Object, IsOpen = true };
        root.Properties["error"] = new ApiProperty { Name = "error", Schema = error, IsRequired = true };
        return new ApiReply { From = 300, To = 599, IsDescribed = false, Body = new ApiBody { Format = BodyFormat.Json, Schema = root } };
    }

    private IEnumerable<ApiOperation> ReadResource(JsonElement resource) =>
        resource.Members("methods").SelectMany(method => ReadMethod(method.Value))
            .Concat(resource.Members("resources").SelectMany(child => ReadResource(child.Value)));

    private IEnumerable<ApiOperation> ReadMethod(JsonElement method)
    {
        var id = method.Text("id")!;
        var path = method.Text("path")!;

        // Paths whose variable holds several segments are matched in the flat form, which names each.
        var flat = method.Text("flatPath");
        var address = path.Contains("{+", StringComparison.Ordinal) && flat is not null ? flat : path;
        var isFlat = address != path;
        var parameters = new List<ApiParameter>();
        foreach (var parameter in _root.Members("parameters").Concat(method.Members("parameters")))
        {
            if (isFlat && parameter.Value.Text("location") == "path" && !address.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal))
            {
                continue;
            }

            parameters.RemoveAll(other => other.Name == parameter.Name);
            var schema = ReadSchema(parameter.Value);
            if (parameter.Name == "alt" && method.Flag("supportsMediaDownload"))
            {
                schema.Enum?.Add("media");
            }

            parameters.Add(new ApiParameter
            {
                Name = parameter.Name,
                ModelName = parameter.Name,
                Location = parameter.Value.Text("location") == "path" ? ParameterLocation.Path : parameter.Value.Text("location") == "header" ? ParameterLocation.Header : ParameterLocation.Query,
                Schema = schema,
                IsRequired = parameter.Value.Flag("required"),
                IsRepeated = parameter.Value.Flag("repeated"),
                IsPrefix = parameter.Value.Flag("x-prefix"),
            });
        }

        var body = method.Get("request") is { } request ? new ApiBody { Format = BodyFormat.Json, Schema = ReadSchema(request), ModelName = "$body" } : null;
        var reply = method.Get("response") is { } response ? new ApiBody { Format = BodyFormat.Json, Schema = ReadSchema(response) } : null;
        var media = method.Flag("supportsMediaDownload");
        if (method.Flag("x-media"))
        {
            // Operations of the supplement that carry an object's data up.
            body = new ApiBody { Format = BodyFormat.Opaque, Schema = new ApiSchema { Kind = SchemaKind.Binary } };
        }

        ApiOperation Make(string name, string full, ApiBody? content, bool isMedia) => new()
        {
            Name = name,
            Method = method.Text("httpMethod")!,
            Path = full,
            PathPattern = PathTemplates.Compile(full),
            Keys = [.. method.Members("x-keys").Select(key => KeyValuePair.Create<string, string?>(key.Name, key.Value.GetString()))],
            Parameters = parameters,
            Body = content,
            MediaKey = isMedia ? ("alt", "media") : null,
            SupplementReason = method.Text("x-reason"),
            Replies =
            [
                .. method.Elements("x-statuses").Select(status => new ApiReply { From = status.GetInt32(), To = status.GetInt32(), IsDescribed = false }),
                new ApiReply { From = 200, To = 206, Body = reply, IsDescribed = reply is not null || !method.Flag("x-media") },
                new ApiReply { From = 304, To = 304, IsDescribed = false },
                Error(),
            ],
        };

        var isAbsolute = path.StartsWith('/');
        yield return Make(id, isAbsolute ? path : _servicePath + address, body, media);
        foreach (var protocol in method.Get("mediaUpload")?.Members("protocols") ?? [])
        {
            if (protocol.Value.Text("path") is { } upload)
            {
                yield return Make($"{id} ({protocol.Name} upload)", upload, body, isMedia: false);
            }
        }

        if (method.Flag("useMediaDownloadService"))
        {
            yield return Make($"{id} (download)", "/download" + _servicePath + path, body, media);
        }
    }

    private ApiSchema Named(string name)
    {
        if (_schemas.TryGetValue(name, out var known))
        {
            return known;
        }

        var schema = new ApiSchema { Name = name };
        _schemas[name] = schema;
        Fill(schema, _root.Get("schemas")?.Get(name) ?? throw new InvalidDataException($"There is no schema '{name}'."));
        return schema;
    }

    private ApiSchema ReadSchema(JsonElement raw)
    {
        if (raw.Reference() is { } name)
        {
            return Named(name);
        }

        var schema = new ApiSchema();
        Fill(schema, raw);
        return schema;
    }

    private void Fill(ApiSchema schema, JsonElement raw)
    {
        schema.Format = raw.Text("format");
        schema.Enum = raw.Values("enum");
        schema.Minimum = raw.Decimal("minimum");
        schema.Maximum = raw.Decimal("maximum");
        schema.Pattern = raw.Text("pattern");

        // Discovery patterns name the whole value even where they have no anchors.
        schema.IsPatternAnchored = true;
        foreach (var member in raw.Members("properties"))
        {
            schema.Properties[member.Name] = new ApiProperty
            {
                Name = member.Name,
                ModelName = member.Name,
                Schema = ReadSchema(member.Value),
                IsReadOnly = member.Value.Flag("readOnly"),
                RequiredBy = member.Value.Get("annotations")?.Values("required"),
            };
        }

        schema.Kind = raw.Text("type") switch
        {
            "array" => SchemaKind.Array,
            "integer" => SchemaKind.Integer,
            "number" => SchemaKind.Number,
            "boolean" => SchemaKind.Boolean,
            "string" => SchemaKind.String,
            _ when raw.Get("additionalProperties") is not null => SchemaKind.Map,
            _ when schema.Properties.Count > 0 => SchemaKind.Object,

            // An object without members is a message without fields.
            "object" => SchemaKind.Object,
            _ => SchemaKind.Any,
        };
        schema.Items = schema.Kind switch
        {
            SchemaKind.Array => raw.Get("items") is { } items ? ReadSchema(items) : ApiSchema.Any,
            SchemaKind.Map => raw.Get("additionalProperties") is { ValueKind: JsonValueKind.Object } values ? ReadSchema(values) : ApiSchema.Any,
            _ => null,
        };
    }
}
