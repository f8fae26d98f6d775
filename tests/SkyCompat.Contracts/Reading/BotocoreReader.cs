using System.Text.Json;

namespace SkyCompat.Contracts.Reading;

/// <summary>Reads the shapes of Amazon's own clients, for the protocols <c>rest-xml</c>, <c>rest-json</c>, <c>query</c> and <c>ec2</c>.</summary>
internal sealed class BotocoreReader
{
    private readonly JsonElement _root;
    private readonly string _protocol;
    private readonly Dictionary<string, ApiSchema> _shapes = new(StringComparer.Ordinal);

    private BotocoreReader(JsonElement root)
    {
        _root = root;
        _protocol = root.Get("metadata")!.Value.Text("protocol")!;
    }

    private bool IsXml => _protocol != "rest-json";

    private bool IsCall => _protocol is "query" or "ec2";

    private BodyFormat Format => IsXml ? BodyFormat.Xml : BodyFormat.Json;

    public static ApiDescription Read(string name, JsonElement root)
    {
        var reader = new BotocoreReader(root);
        var metadata = root.Get("metadata")!.Value;
        return new ApiDescription
        {
            Name = name,
            Dialect = ApiDialect.Botocore,
            Version = metadata.Text("apiVersion") ?? "",
            NamesBucketByHost = metadata.Text("serviceId") == "S3",
            FormStyle = reader._protocol == "query" ? FormStyle.AwsQuery : FormStyle.Numbered,
            Operations = [.. root.Members("operations").Select(operation => reader.ReadOperation(operation.Name, operation.Value, metadata.Text("apiVersion")!))],
        };
    }

    private ApiOperation ReadOperation(string name, JsonElement operation, string version)
    {
        var http = operation.Get("http")!.Value;
        var input = operation.Get("input");
        var shape = input is { } given ? Raw(given.Text("shape")!) : default;
        var (path, keys) = PathTemplates.Split(http.Text("requestUri")!);
        var parameters = shape.ValueKind == JsonValueKind.Object && !IsCall ? shape.Members("members").SelectMany(member => ReadParameters(member, Required(shape))).ToList() : [];
        return new ApiOperation
        {
            Name = name,
            Method = http.Text("method")!,
            Path = path,
            PathPattern = PathTemplates.Compile(path, slashMayFollow: path.EndsWith("{Bucket}", StringComparison.Ordinal)),
            Keys = keys,
            Action = IsCall ? name : null,
            Parameters = parameters,
            IsDeprecated = operation.Flag("deprecated"),
            SupplementReason = operation.Text("x-reason"),
            Form = IsCall ? ReadForm(name, version, shape) : null,
            Body = IsCall || input is null ? null : ReadBody(shape, input.Value.Text("locationName") ?? input.Value.Text("shape")),
            Replies = [.. ReadReplies(name, operation, (int?)http.Decimal("responseCode"))],
        };
    }

    private IEnumerable<ApiReply> ReadReplies(string name, JsonElement operation, int? status)
    {
        var output = operation.Get("output");
        var shape = output is { } given ? Raw(given.Text("shape")!) : default;
        var headers = shape.ValueKind == JsonValueKind.Object ? shape.Members("members").Where(member => member.Value.Text("location") is "header" or "headers").SelectMany(member => ReadParameters(member, [])).ToList() : [];
        var body = IsCall ? ReadCallReply(name, output) : shape.ValueKind == JsonValueKind.Object ? ReadBody(shape, rootName: null) : null;
        yield return new ApiReply { From = status ?? 200, To = status ?? 200, Headers = headers, Body = body };
        if (operation.Get("http")!.Value.Text("method") == "GET" && body?.Format == BodyFormat.Opaque)
        {
            // A part of an object is answered with 206, which the model's one status does not say.
            yield return new ApiReply { From = 206, To = 206, Headers = headers, Body = body };
        }

        foreach (var error in operation.Elements("errors"))
        {
            var kind = Raw(error.Text("shape")!);
            if (_protocol == "rest-json" && kind.Get("error")?.Decimal("httpStatusCode") is { } code)
            {
                var schema = new ApiSchema { Kind = SchemaKind.Object, Name = error.Text("shape"), IsOpen = true };
                AddMembers(schema, kind);
                yield return new ApiReply { From = (int)code, To = (int)code, Body = new ApiBody { Format = BodyFormat.Json, Schema = schema }, IsDescribed = false };
            }
        }

        yield return new ApiReply { From = 300, To = 599, IsDescribed = false, Body = ReadError() };
    }

    // The models name the errors but not the document that carries them: <Error> for rest-xml, <ErrorResponse><Error> for query, <Response><Errors><Error> for ec2.
    private ApiBody? ReadError()
    {
        if (_protocol == "rest-json")
        {
            return null;
        }

        var error = new ApiSchema { Kind = SchemaKind.Object, Name = "Error", IsOpen = true };
        error.Properties["Code"] = Member("Code", new ApiSchema { Kind = SchemaKind.String }, isRequired: true);
        error.Properties["Message"] = Member("Message", new ApiSchema { Kind = SchemaKind.String });
        if (_protocol == "rest-xml")
        {
            return new ApiBody { Format = BodyFormat.Xml, Schema = error, RootName = "Error" };
        }

        var root = new ApiSchema { Kind = SchemaKind.Object, IsOpen = true };
        if (_protocol == "query")
        {
            root.Properties["Error"] = Member("Error", error, isRequired: true);
            return new ApiBody { Format = BodyFormat.Xml, Schema = root, RootName = "ErrorResponse" };
        }

        var errors = new ApiSchema { Kind = SchemaKind.Object };
        errors.Properties["Error"] = Member("Error", error, isRequired: true);
        root.Properties["Errors"] = Member("Errors", errors, isRequired: true);
        return new ApiBody { Format = BodyFormat.Xml, Schema = root, RootName = "Response" };
    }

    private ApiBody ReadCallReply(string name, JsonElement? output)
    {
        var result = output is { } given ? Shape(given.Text("shape")!) : new ApiSchema { Kind = SchemaKind.Object };
        var text = new ApiSchema { Kind = SchemaKind.String };
        if (_protocol == "ec2")
        {
            // EC2 puts the request's id beside the result, and answers "return" where there is no result to give.
            var flat = new ApiSchema { Kind = SchemaKind.Object, Name = result.Name };
            foreach (var (key, property) in result.Properties)
            {
                flat.Properties[key] = property;
            }

            flat.Properties["requestId"] = Member("requestId", text);
            if (output is null)
            {
                flat.Properties["return"] = Member("return", new ApiSchema { Kind = SchemaKind.Boolean });
            }

            return new ApiBody { Format = BodyFormat.Xml, Schema = flat, RootName = name + "Response" };
        }

        var metadata = new ApiSchema { Kind = SchemaKind.Object };
        metadata.Properties["RequestId"] = Member("RequestId", text);
        var root = new ApiSchema { Kind = SchemaKind.Object };
        if (output?.Text("resultWrapper") is { } wrapper)
        {
            root.Properties[wrapper] = Member(wrapper, result, isRequired: true);
        }

        root.Properties["ResponseMetadata"] = Member("ResponseMetadata", metadata);
        return new ApiBody { Format = BodyFormat.Xml, Schema = root, RootName = name + "Response" };
    }

    private ApiSchema ReadForm(string name, string version, JsonElement shape)
    {
        var form = new ApiSchema { Kind = SchemaKind.Object, Name = name };
        form.Properties["Action"] = Member("Action", new ApiSchema { Kind = SchemaKind.String, Enum = new HashSet<string>([name], StringComparer.Ordinal) }, isRequired: true);
        form.Properties["Version"] = Member("Version", new ApiSchema { Kind = SchemaKind.String, Enum = new HashSet<string>([version], StringComparer.Ordinal) }, isRequired: true);
        if (shape.ValueKind == JsonValueKind.Object)
        {
            AddMembers(form, shape, isForm: true);
        }

        return form;
    }

    private IEnumerable<ApiParameter> ReadParameters(JsonProperty member, HashSet<string> required)
    {
        var location = member.Value.Text("location");
        if (location is null or "statusCode")
        {
            yield break;
        }

        var schema = Shape(member.Value.Text("shape")!);
        if (schema.Format == "timestamp")
        {
            // Headers write times as HTTP does, queries and documents as ISO 8601.
            var raw = Raw(member.Value.Text("shape")!);
            schema = new ApiSchema { Kind = SchemaKind.String, Format = raw.Text("timestampFormat") is { } format ? TimeFormat(format) : location == "querystring" ? "date-time" : "date-time-rfc1123" };
        }

        yield return new ApiParameter
        {
            Name = member.Value.Text("locationName") ?? member.Name,
            ModelName = member.Name,
            Location = location switch { "uri" => ParameterLocation.Path, "querystring" => ParameterLocation.Query, _ => ParameterLocation.Header },
            Schema = location == "headers" ? new ApiSchema { Kind = SchemaKind.String } : schema,
            IsRequired = required.Contains(member.Name),
            IsPrefix = location == "headers",
            IsRepeated = schema.Kind == SchemaKind.Array,
        };
    }

    private ApiBody? ReadBody(JsonElement shape, string? rootName)
    {
        if (shape.Text("payload") is { } payload)
        {
            var member = shape.Get("members")!.Value.Get(payload)!.Value;
            var schema = Shape(member.Text("shape")!);
            var isDocument = schema.IsStructured && Raw(member.Text("shape")!).Get("eventstream") is null;
            return new ApiBody
            {
                Format = isDocument ? Format : BodyFormat.Opaque,
                Schema = schema,
                RootName = rootName is null ? null : member.Text("locationName") ?? schema.XmlName ?? schema.Name,
                IsRequired = Required(shape).Contains(payload),
                ModelName = payload,
            };
        }

        var body = new ApiSchema { Kind = SchemaKind.Object };
        AddMembers(body, shape);
        return body.Properties.Count == 0 ? null : new ApiBody { Format = Format, Schema = body, RootName = rootName, IsRequired = body.Properties.Values.Any(property => property.IsRequired) };
    }

    private void AddMembers(ApiSchema schema, JsonElement shape, bool isForm = false)
    {
        var required = Required(shape);
        foreach (var member in shape.Members("members"))
        {
            if (member.Value.Text("location") is not null)
            {
                continue;
            }

            var type = Shape(member.Value.Text("shape")!);
            if (member.Value.Flag("flattened") && !type.IsFlattened)
            {
                type = Flatten(type);
            }

            var located = member.Value.Text("locationName");
            var name = isForm ? FormName(member, type) : located ?? member.Name;
            var xmlName = type.Kind == SchemaKind.Array && type.IsFlattened ? type.ItemName ?? name : name;

            // The one reply whose root element is its only member's value.
            var isText = member.Name == "LocationConstraint" && shape.Get("members")!.Value.EnumerateObject().Count() == 1 && shape.Flag("x-text");
            schema.Properties[isForm ? name : IsXml ? xmlName : name] = new ApiProperty
            {
                Name = isForm ? name : IsXml ? xmlName : name,
                ModelName = member.Name,
                Schema = isForm ? AsForm(type) : type,
                IsRequired = required.Contains(member.Name),
                XmlName = xmlName,
                Role = member.Value.Flag("xmlAttribute") ? XmlNodeRole.Attribute : isText ? XmlNodeRole.Text : XmlNodeRole.Element,
            };
        }
    }

    // EC2 writes the first letter of a name in upper case; a "queryName" overrides.
    private string FormName(JsonProperty member, ApiSchema type)
    {
        var located = member.Value.Text("locationName");
        if (_protocol == "ec2")
        {
            var name = member.Value.Text("queryName") ?? located ?? member.Name;
            return member.Value.Text("queryName") is not null ? name : char.ToUpperInvariant(name[0]) + name[1..];
        }

        return type.IsFlattened && type.ItemName is { } item ? item : located ?? member.Name;
    }

    private readonly Dictionary<ApiSchema, ApiSchema> _forms = [];

    /// <summary>The same type with its members named as in queries.</summary>
    private ApiSchema AsForm(ApiSchema type)
    {
        if (!type.IsStructured)
        {
            return type;
        }

        if (_forms.TryGetValue(type, out var known))
        {
            return known;
        }

        var form = new ApiSchema { Name = type.Name, Kind = type.Kind, ItemName = type.ItemName, IsFlattened = type.IsFlattened || _protocol == "ec2", MinLength = type.MinLength, MaxLength = type.MaxLength };
        _forms[type] = form;
        if (type.Kind == SchemaKind.Object)
        {
            AddMembers(form, Raw(type.Name!), isForm: true);
        }
        else
        {
            form.Items = AsForm(type.Items!);
        }

        return form;
    }

    private static ApiSchema Flatten(ApiSchema type) => new()
    {
        Name = type.Name,
        Kind = type.Kind,
        Items = type.Items,
        ItemName = type.ItemName == "member" ? null : type.ItemName,
        IsFlattened = true,
        MinLength = type.MinLength,
        MaxLength = type.MaxLength,
    };

    private ApiSchema Shape(string name)
    {
        if (_shapes.TryGetValue(name, out var known))
        {
            return known;
        }

        var raw = Raw(name);
        var schema = new ApiSchema { Name = name };
        _shapes[name] = schema;
        var type = raw.Text("type");
        schema.Kind = type switch
        {
            "structure" => SchemaKind.Object,
            "list" => SchemaKind.Array,
            "map" => SchemaKind.Map,
            "integer" or "long" => SchemaKind.Integer,
            "float" or "double" => SchemaKind.Number,
            "boolean" => SchemaKind.Boolean,
            "timestamp" when _protocol == "rest-json" => SchemaKind.Number,
            _ => SchemaKind.String,
        };
        schema.Format = type switch
        {
            "integer" => "int32",
            "long" => "int64",
            "blob" => "byte",
            "timestamp" => _protocol == "rest-json" ? "timestamp" : raw.Text("timestampFormat") is { } format ? TimeFormat(format) : "timestamp",
            _ => null,
        };
        schema.Enum = raw.Values("enum");
        schema.Pattern = raw.Text("pattern");
        schema.IsPatternAnchored = true;
        schema.XmlName = raw.Text("locationName");
        var isNumber = schema.Kind is SchemaKind.Integer or SchemaKind.Number;
        schema.Minimum = isNumber ? raw.Decimal("min") : null;
        schema.Maximum = isNumber ? raw.Decimal("max") : null;
        schema.MinLength = isNumber ? null : (long?)raw.Decimal("min");
        schema.MaxLength = isNumber ? null : (long?)raw.Decimal("max");
        if (schema.Kind == SchemaKind.Object)
        {
            AddMembers(schema, raw);
        }
        else if (schema.Kind == SchemaKind.Array)
        {
            var member = raw.Get("member")!.Value;
            schema.Items = Shape(member.Text("shape")!);
            schema.IsFlattened = raw.Flag("flattened");
            schema.ItemName = member.Text("locationName") ?? (schema.IsFlattened ? null : "member");
        }
        else if (schema.Kind == SchemaKind.Map)
        {
            schema.Items = Shape(raw.Get("value")!.Value.Text("shape")!);
            schema.ItemName = "entry";
        }

        return schema;
    }

    private static string TimeFormat(string format) => format switch
    {
        "iso8601" => "date-time",
        "rfc822" => "date-time-rfc1123",
        _ => "timestamp",
    };

    private static HashSet<string> Required(JsonElement shape) => shape.ValueKind == JsonValueKind.Object ? shape.Values("required") ?? [] : [];

    private static ApiProperty Member(string name, ApiSchema schema, bool isRequired = false) => new() { Name = name, ModelName = name, XmlName = name, Schema = schema, IsRequired = isRequired };

    private JsonElement Raw(string name) => _root.Get("shapes")!.Value.Get(name) ?? throw new InvalidDataException($"There is no shape '{name}'.");
}
