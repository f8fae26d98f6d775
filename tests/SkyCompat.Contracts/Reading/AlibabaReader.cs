using System.Text.Json;

namespace SkyCompat.Contracts.Reading;

/// <summary>Reads the metadata of Alibaba Cloud's OpenAPI portal: RPC, ROA and OSS styles.</summary>
internal sealed class AlibabaReader
{
    private readonly JsonElement _root;
    private readonly string _style;
    private readonly Dictionary<string, ApiSchema> _schemas = new(StringComparer.Ordinal);

    private AlibabaReader(JsonElement root)
    {
        _root = root;
        _style = root.Get("info")!.Value.Text("style")!;
    }

    private bool IsOss => _style == "OSS";

    private bool IsRpc => _style == "RPC";

    public static ApiDescription Read(string name, JsonElement root)
    {
        var reader = new AlibabaReader(root);
        var version = root.Get("info")!.Value.Text("version")!;
        return new ApiDescription
        {
            Name = name,
            Dialect = ApiDialect.Alibaba,
            Version = version,
            NamesBucketByHost = reader.IsOss,
            FormStyle = FormStyle.Numbered,
            Operations = [.. root.Members("apis").SelectMany(api => reader.ReadApi(api.Name, api.Value, version))],
        };
    }

    private IEnumerable<ApiOperation> ReadApi(string name, JsonElement api, string version)
    {
        var parameters = api.Elements("parameters").ToList();
        var (path, keys) = PathTemplates.Split(api.Text("path") ?? "/");
        if (parameters.Any(parameter => parameter.Text("in") == "host"))
        {
            // The bucket is part of the host; requests are brought to the form in which it is the first part of the path.
            path = path == "/" ? "/{bucket}" : "/{bucket}" + path;
        }

        var body = parameters.FirstOrDefault(parameter => parameter.Text("in") == "body");
        var located = parameters
            .Where(parameter => !IsRpc && parameter.Text("in") is "path" or "query" or "header" or "host")
            .Where(parameter => !IsRpc)
            .Select(ReadParameter)
            .Where(parameter => keys.TrueForAll(key => key.Key != parameter.Name) || parameter.Location != ParameterLocation.Query)
            .ToList();
        foreach (var method in api.Elements("methods"))
        {
            yield return new ApiOperation
            {
                Name = name,
                Method = method.GetString()!.ToUpperInvariant(),
                Path = path,
                PathPattern = PathTemplates.Compile(path, ignoreCase: false, variable => IsOss && variable == "key", slashMayFollow: path.EndsWith("{bucket}", StringComparison.Ordinal)),
                Keys = keys,
                Action = IsRpc ? name : null,
                Parameters = located,
                Form = IsRpc ? ReadForm(name, version, parameters) : null,
                Body = body.ValueKind == JsonValueKind.Undefined ? null : ReadBody(body),
                Replies = [.. ReadReplies(api)],
                SupplementReason = api.Text("x-reason"),
            };
        }
    }

    private IEnumerable<ApiReply> ReadReplies(JsonElement api)
    {
        // The metadata writes 200 for every success, also where the service answers 204 or 206.
        var reply = api.Get("responses")?.Get("200");
        var schema = reply?.Get("schema");
        var headers = reply?.Members("headers").Select(header => ReadHeader(header.Name, header.Value.Get("schema") ?? header.Value)).ToList() ?? [];
        yield return new ApiReply
        {
            From = 200,
            To = 299,
            Headers = headers,
            Body = schema is { } given ? ReadDocument(given, isRequired: false) : api.Elements("produces").Any(type => type.GetString() is "application/octet-stream") || !IsOss ? Opaque() : null,
            IsDescribed = reply is not null,
        };
        yield return new ApiReply { From = 300, To = 599, IsDescribed = false, Body = ReadError() };
    }

    private static ApiBody Opaque() => new() { Format = BodyFormat.Opaque, Schema = ApiSchema.Any };

    // The metadata has no error documents; every official client reads these members of them.
    private ApiBody ReadError()
    {
        var error = new ApiSchema { Kind = SchemaKind.Object, Name = "Error", IsOpen = true };
        foreach (var name in (string[])["Code", "Message", "RequestId"])
        {
            var actual = _style == "ROA" ? char.ToLowerInvariant(name[0]) + name[1..] : name;
            error.Properties[actual] = new ApiProperty { Name = actual, ModelName = name, XmlName = actual, Schema = new ApiSchema { Kind = SchemaKind.String }, IsRequired = name == "Code" };
        }

        return new ApiBody { Format = IsOss ? BodyFormat.Xml : BodyFormat.Json, Schema = error, RootName = IsOss ? "Error" : null };
    }

    private ApiSchema ReadForm(string name, string version, List<JsonElement> parameters)
    {
        var form = new ApiSchema { Kind = SchemaKind.Object, Name = name };
        foreach (var parameter in parameters.Where(parameter => parameter.Text("in") is "query" or "formData"))
        {
            Place(form, parameter.Text("name")!.Split('.'), parameter);
        }

        foreach (var (key, value) in new[] { ("Action", name), ("Version", version) })
        {
            form.Properties[key] = new ApiProperty { Name = key, Schema = new ApiSchema { Kind = SchemaKind.String, Enum = new HashSet<string>([value], StringComparer.Ordinal) } };
        }

        return form;
    }

    /// <summary>Puts a value whose name has dots into the structures that the name spells out.</summary>
    private void Place(ApiSchema owner, ReadOnlySpan<string> path, JsonElement parameter)
    {
        var raw = parameter.Get("schema")!.Value;
        if (path.Length > 1)
        {
            if (!owner.Properties.TryGetValue(path[0], out var member))
            {
                owner.Properties[path[0]] = member = new ApiProperty { Name = path[0], ModelName = path[0], Schema = new ApiSchema { Kind = SchemaKind.Object } };
            }

            Place(member.Schema, path[1..], parameter);
            return;
        }

        var schema = ReadSchema(raw);
        if (owner.Properties.TryGetValue(path[0], out var known))
        {
            foreach (var (key, property) in schema.Properties)
            {
                known.Schema.Properties.TryAdd(key, property);
            }

            return;
        }

        owner.Properties[path[0]] = new ApiProperty
        {
            Name = path[0],
            ModelName = path[0],
            Schema = schema,
            IsRequired = raw.Flag("required"),
            IsJsonText = schema.IsStructured && parameter.Text("style") is not ("repeatList" or "flat"),
        };
    }

    private ApiParameter ReadParameter(JsonElement parameter)
    {
        var name = parameter.Text("name")!;
        var raw = parameter.Get("schema")!.Value;
        var isPrefix = name.EndsWith('*');
        var schema = isPrefix ? new ApiSchema { Kind = SchemaKind.String } : ReadSchema(raw);
        return new ApiParameter
        {
            Name = isPrefix ? name[..^1] : name,
            ModelName = name,
            Location = parameter.Text("in") switch { "path" or "host" => ParameterLocation.Path, "query" => ParameterLocation.Query, _ => ParameterLocation.Header },
            Schema = schema,
            IsRequired = raw.Flag("required"),
            IsPrefix = isPrefix,
            IsJsonText = schema.IsStructured,
        };
    }

    private ApiParameter ReadHeader(string name, JsonElement raw) => new()
    {
        Name = name.EndsWith('*') ? name[..^1] : name,
        Location = ParameterLocation.Header,
        Schema = ReadSchema(raw),
        IsPrefix = name.EndsWith('*'),
    };

    private ApiBody ReadBody(JsonElement parameter)
    {
        var raw = parameter.Get("schema")!.Value;
        var body = ReadDocument(raw, raw.Flag("required"));
        return parameter.Text("style") is "xml" or "json" || body.Format == BodyFormat.Opaque ? body : Opaque();
    }

    /// <summary>An OSS document is a structure whose only member is the root element.</summary>
    private ApiBody ReadDocument(JsonElement raw, bool isRequired)
    {
        var schema = ReadSchema(raw);
        if (!schema.IsStructured)
        {
            return new ApiBody { Format = BodyFormat.Opaque, Schema = schema, IsRequired = isRequired };
        }

        if (!IsOss)
        {
            return new ApiBody { Format = BodyFormat.Json, Schema = schema, IsRequired = isRequired };
        }

        return schema.Properties.Values.ToList() is [var root]
            ? new ApiBody { Format = BodyFormat.Xml, Schema = root.Schema, RootName = root.Name, IsRequired = isRequired }
            : new ApiBody { Format = BodyFormat.Xml, Schema = schema, IsRequired = isRequired };
    }

    private ApiSchema Named(string name)
    {
        if (_schemas.TryGetValue(name, out var known))
        {
            return known;
        }

        var schema = new ApiSchema { Name = name };
        _schemas[name] = schema;
        if (_root.Get("components")?.Get("schemas")?.Get(name) is { } raw)
        {
            Fill(schema, raw);
        }

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
        schema.Format = raw.Text("format") switch { "iso8601" => "date-time", var format => format };
        schema.Enum = raw.Values("enum");
        schema.Minimum = raw.Decimal("minimum");
        schema.Maximum = raw.Decimal("maximum");
        schema.MaxLength = (long?)(raw.Decimal("maxLength") ?? raw.Decimal("maxItems"));
        schema.MinLength = (long?)(raw.Decimal("minLength") ?? raw.Decimal("minItems"));
        schema.Pattern = raw.Text("pattern");
        foreach (var member in raw.Members("properties"))
        {
            var type = ReadSchema(member.Value);
            schema.Properties[member.Name] = new ApiProperty
            {
                Name = member.Name,
                ModelName = member.Name,
                XmlName = member.Name,
                Schema = type,
                IsRequired = member.Value.Flag("required"),
            };
        }

        schema.Kind = raw.Text("type") switch
        {
            "array" => SchemaKind.Array,
            "integer" => SchemaKind.Integer,
            "number" => SchemaKind.Number,
            "boolean" => SchemaKind.Boolean,
            "string" when schema.Format == "binary" => SchemaKind.Binary,
            "string" => SchemaKind.String,
            _ when raw.Get("additionalProperties") is { ValueKind: JsonValueKind.Object or JsonValueKind.True } => SchemaKind.Map,
            _ when schema.Properties.Count > 0 => SchemaKind.Object,
            _ => SchemaKind.Any,
        };

        // In XML and in calls an array is its items, one after the other.
        schema.IsFlattened = schema.Kind == SchemaKind.Array;
        schema.Items = schema.Kind switch
        {
            SchemaKind.Array => raw.Get("items") is { } items ? ReadSchema(items) : ApiSchema.Any,
            SchemaKind.Map => raw.Get("additionalProperties") is { ValueKind: JsonValueKind.Object } values ? ReadSchema(values) : ApiSchema.Any,
            _ => null,
        };
    }
}
