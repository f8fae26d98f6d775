using System.Text.Json;

namespace SkyCompat.Contracts.Reading;

/// <summary>Reads Swagger 2.0 with Azure's extensions.</summary>
internal sealed class SwaggerReader
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    private readonly JsonElement _root;
    private readonly Dictionary<string, ApiSchema> _definitions = new(StringComparer.Ordinal);
    private readonly string _version;
    private readonly bool _isXml;
    private readonly ILookup<string, string> _derived;

    private SwaggerReader(JsonElement root)
    {
        _root = root;
        _version = root.Get("info")?.Text("version") ?? "";
        _isXml = root.Elements("consumes").Any(type => type.GetString() == "application/xml");
        _derived = root.Members("definitions")
            .SelectMany(definition => definition.Value.Elements("allOf").Select(part => (Base: part.Reference(), Derived: definition.Name)))
            .Where(pair => pair.Base is not null)
            .ToLookup(pair => pair.Base!, pair => pair.Derived, StringComparer.Ordinal);
    }

    public static ApiDescription Read(string name, JsonElement root)
    {
        var reader = new SwaggerReader(root);
        return new ApiDescription
        {
            Name = name,
            Dialect = ApiDialect.Swagger,
            Version = reader._version,
            Operations = [.. reader.ReadPaths("paths", isAddress: false), .. reader.ReadPaths("x-ms-paths", isAddress: true)],
        };
    }

    private IEnumerable<ApiOperation> ReadPaths(string member, bool isAddress)
    {
        foreach (var path in _root.Members(member))
        {
            foreach (var method in Methods)
            {
                if (path.Value.Get(method) is { } operation)
                {
                    yield return ReadOperation(path.Name, isAddress, path.Value, method, operation);
                }
            }
        }
    }

    private ApiOperation ReadOperation(string address, bool isAddress, JsonElement item, string method, JsonElement operation)
    {
        var parameters = item.Elements("parameters").Concat(operation.Elements("parameters")).Select(Resolve).ToList();
        var (path, keys) = PathTemplates.Split(address);

        // Under x-ms-paths, what stands behind the question mark tells apart operations of one address. It is sent only if it is a parameter too.
        keys.RemoveAll(key => key.Value is null || !parameters.Exists(parameter => parameter.Text("in") == "query" && parameter.Text("name") == key.Key));
        var many = parameters
            .Where(parameter => parameter.Text("in") == "path" && (parameter.Flag("x-ms-skip-url-encoding") || parameter.Text("pattern")?.Contains("(?:/", StringComparison.Ordinal) == true))
            .Select(parameter => parameter.Text("name"))
            .ToHashSet(StringComparer.Ordinal);
        var body = parameters.FirstOrDefault(parameter => parameter.Text("in") == "body");
        return new ApiOperation
        {
            Name = operation.Text("operationId") ?? $"{method} {address}",
            Method = method.ToUpperInvariant(),
            Path = path,
            PathPattern = PathTemplates.Compile(path, ignoreCase: !isAddress, many.Contains, slashMayFollow: isAddress && path.EndsWith('}') && !many.Contains("blob")),
            Keys = keys,
            Parameters = [.. parameters.Where(parameter => parameter.Text("in") is "path" or "query" or "header" && parameter.Text("name") != "url").Select(ReadParameter)],
            Body = body.ValueKind == JsonValueKind.Undefined ? null : ReadBody(body.Get("schema")!.Value, body.Flag("required"), body.Text("name")),
            Replies = [.. ReadReplies(operation)],
        };
    }

    private IEnumerable<ApiReply> ReadReplies(JsonElement operation)
    {
        JsonElement? otherwise = null;
        foreach (var reply in operation.Members("responses"))
        {
            if (reply.Name == "default")
            {
                otherwise = reply.Value;
            }
            else
            {
                var status = int.Parse(reply.Name, System.Globalization.CultureInfo.InvariantCulture);
                yield return ReadReply(reply.Value, status, status);
            }
        }

        if (otherwise is { } rest)
        {
            yield return ReadReply(rest, 300, 599);
        }
        else
        {
            // Azure Resource Manager refuses every request in one form, which older descriptions leave out.
            yield return new ApiReply { From = 300, To = 599, IsDescribed = false };
        }
    }

    private ApiReply ReadReply(JsonElement reply, int from, int to) => new()
    {
        From = from,
        To = to,
        Headers = [.. reply.Members("headers").Select(header => ReadHeader(header.Name, header.Value))],
        Body = reply.Get("schema") is { } schema ? ReadBody(schema, isRequired: false, modelName: null) : null,
    };

    private ApiParameter ReadHeader(string name, JsonElement header) => new()
    {
        Name = header.Text("x-ms-header-collection-prefix") ?? name,
        Location = ParameterLocation.Header,
        Schema = header.Text("x-ms-header-collection-prefix") is null ? ReadSchema(header) : new ApiSchema { Kind = SchemaKind.String },
        IsPrefix = header.Text("x-ms-header-collection-prefix") is not null,
    };

    private ApiParameter ReadParameter(JsonElement parameter)
    {
        var name = parameter.Text("name")!;
        var prefix = parameter.Text("x-ms-header-collection-prefix");
        var schema = prefix is null ? ReadSchema(parameter) : new ApiSchema { Kind = SchemaKind.String };
        var isVersion = name is "api-version" or "x-ms-version";
        if (isVersion)
        {
            schema = new ApiSchema { Kind = SchemaKind.String, Enum = new HashSet<string>([parameter.Elements("enum").FirstOrDefault() is { ValueKind: JsonValueKind.String } only ? only.GetString()! : _version], StringComparer.Ordinal) };
        }

        return new ApiParameter
        {
            Name = prefix ?? name,
            ModelName = name,
            Location = parameter.Text("in") switch { "path" => ParameterLocation.Path, "query" => ParameterLocation.Query, _ => ParameterLocation.Header },
            Schema = schema,
            IsRequired = parameter.Flag("required"),
            IsPrefix = prefix is not null,
            IsRepeated = parameter.Text("collectionFormat") == "multi",
            IsVersion = isVersion,
        };
    }

    private ApiBody ReadBody(JsonElement raw, bool isRequired, string? modelName)
    {
        var schema = ReadSchema(raw);
        return new ApiBody
        {
            Format = schema.Kind == SchemaKind.Binary ? BodyFormat.Opaque : _isXml ? BodyFormat.Xml : BodyFormat.Json,
            Schema = schema,
            RootName = raw.Get("xml")?.Text("name") ?? schema.XmlName ?? raw.Reference(),
            IsRequired = isRequired,
            ModelName = modelName,
        };
    }

    private JsonElement Resolve(JsonElement parameter) => parameter.Reference() is { } name ? _root.Get("parameters")!.Value.Get(name)!.Value : parameter;

    private ApiSchema Definition(string name)
    {
        if (_definitions.TryGetValue(name, out var known))
        {
            return known;
        }

        var raw = _root.Get("definitions")?.Get(name) ?? throw new InvalidDataException($"There is no definition '{name}'.");
        var schema = new ApiSchema { Name = name };
        _definitions[name] = schema;
        Fill(schema, raw);
        if (raw.Text("discriminator") is { } discriminator)
        {
            schema.Discriminator = discriminator;
            AddVariants(schema, name);
        }

        return schema;
    }

    private void AddVariants(ApiSchema schema, string name)
    {
        foreach (var derived in _derived[name])
        {
            var value = _root.Get("definitions")!.Value.Get(derived)!.Value.Text("x-ms-discriminator-value") ?? derived;
            schema.Variants[value] = Definition(derived);
            AddVariants(schema, derived);
        }
    }

    private ApiSchema ReadSchema(JsonElement raw)
    {
        var reference = raw.Reference();
        if (reference is not null)
        {
            return Definition(reference);
        }

        // "allOf" with one reference is how a member adds facts of its own to a named type.
        if (raw.Get("properties") is null && raw.Elements("allOf").ToList() is [var only] && only.Reference() is { } named)
        {
            return Definition(named);
        }

        var schema = new ApiSchema();
        Fill(schema, raw);
        return schema;
    }

    private void Fill(ApiSchema schema, JsonElement raw)
    {
        schema.Format = raw.Text("format");
        schema.Enum = raw.Values("enum");
        schema.IsOpenEnum = raw.Get("x-ms-enum") is { } named && named.Flag("modelAsString");
        schema.Minimum = raw.Decimal("minimum");
        schema.Maximum = raw.Decimal("maximum");
        schema.MinLength = (long?)(raw.Decimal("minLength") ?? raw.Decimal("minItems"));
        schema.MaxLength = (long?)(raw.Decimal("maxLength") ?? raw.Decimal("maxItems"));
        schema.Pattern = raw.Text("pattern");
        schema.XmlName = raw.Get("xml")?.Text("name");
        AddMembers(schema, raw, []);
        var open = raw.Get("additionalProperties");
        schema.Kind = raw.Text("type") switch
        {
            "array" => SchemaKind.Array,
            "integer" => SchemaKind.Integer,
            "number" => SchemaKind.Number,
            "boolean" => SchemaKind.Boolean,
            "file" => SchemaKind.Binary,
            "object" when schema.Format == "file" => SchemaKind.Binary,
            "string" when schema.Format == "binary" => SchemaKind.Binary,
            "string" => SchemaKind.String,
            _ when open is { ValueKind: JsonValueKind.Object or JsonValueKind.True } => SchemaKind.Map,
            _ when schema.Properties.Count > 0 => SchemaKind.Object,
            _ => SchemaKind.Any,
        };
        if (schema.Kind == SchemaKind.Map)
        {
            schema.Items = open is { ValueKind: JsonValueKind.Object } value ? ReadSchema(value) : ApiSchema.Any;
        }
        else if (schema.Kind == SchemaKind.Array)
        {
            var items = raw.Get("items");
            schema.Items = items is { } item ? ReadSchema(item) : ApiSchema.Any;
            schema.ItemName = items?.Get("xml")?.Text("name") ?? schema.Items.XmlName ?? items?.Reference();
            schema.IsFlattened = raw.Get("xml")?.Flag("wrapped") != true;
        }
    }

    private void AddMembers(ApiSchema schema, JsonElement raw, HashSet<string> seen)
    {
        foreach (var part in raw.Elements("allOf"))
        {
            if (part.Reference() is not { } name)
            {
                AddMembers(schema, part, seen);
            }
            else if (seen.Add(name))
            {
                AddMembers(schema, _root.Get("definitions")!.Value.Get(name)!.Value, seen);
            }
        }

        foreach (var member in raw.Members("properties"))
        {
            var value = member.Value;
            var type = ReadSchema(value);
            var mutability = value.Values("x-ms-mutability");
            var xml = value.Get("xml");
            var name = xml?.Text("name") ?? (value.Text("type") == "array" ? null : type.XmlName) ?? member.Name;
            schema.Properties[_isXml ? name : member.Name] = new ApiProperty
            {
                Name = _isXml ? name : member.Name,
                ModelName = member.Name,
                Schema = type,
                IsReadOnly = value.Flag("readOnly") || mutability is { Count: 1 } && mutability.Contains("read"),
                CanCreate = mutability?.Contains("create") != false,
                CanUpdate = mutability?.Contains("update") != false,
                Role = xml?.Flag("attribute") == true ? XmlNodeRole.Attribute : xml?.Flag("x-ms-text") == true ? XmlNodeRole.Text : XmlNodeRole.Element,

                // Without an element of its own around it, an array is its items, and they carry the name.
                XmlName = type.Kind == SchemaKind.Array && type.IsFlattened ? type.ItemName ?? name : name,
            };
        }

        foreach (var required in raw.Elements("required"))
        {
            var property = schema.Properties.Values.FirstOrDefault(property => property.ModelName == required.GetString());
            if (property is not null)
            {
                property.IsRequired = true;
            }
        }
    }
}
