using System.Text.Json;

namespace SkyCompat.Contracts.Checking;

/// <summary>Checks JSON.</summary>
internal static class JsonCheck
{
    public static void CheckDocument(CheckContext context, ApiSchema schema, ReadOnlyMemory<byte> body, string place = "body")
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            context.Add(ViolationKind.Format, place, "a JSON document", exception.Message);
            return;
        }

        using (document)
        {
            Check(context, schema, document.RootElement, place);
        }
    }

    public static void Check(CheckContext context, ApiSchema schema, JsonElement value, string place)
    {
        // Null stands for absence; whether that is allowed is the enclosing structure's matter.
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        switch (schema.Kind)
        {
            case SchemaKind.Object or SchemaKind.Map:
                CheckObject(context, schema, value, place);
                return;
            case SchemaKind.Array:
                if (value.ValueKind != JsonValueKind.Array)
                {
                    context.Add(ViolationKind.Mistyped, place, schema.Describe(), Name(value));
                    return;
                }

                TextCheck.CheckCount(context, schema, value.GetArrayLength(), place);
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Check(context, schema.Items!, item, $"{place}[{index++}]");
                }

                return;
            case SchemaKind.String:
                if (value.ValueKind == JsonValueKind.String)
                {
                    TextCheck.Check(context, schema, value.GetString()!, place);
                }
                else if (!(context.AllowsEnumNumbers && schema.Enum is not null && value.ValueKind == JsonValueKind.Number))
                {
                    context.Add(ViolationKind.Mistyped, place, schema.Describe(), Name(value));
                }

                return;
            case SchemaKind.Integer or SchemaKind.Number:
                if (value.ValueKind != JsonValueKind.Number)
                {
                    context.Add(ViolationKind.Mistyped, place, schema.Describe(), Name(value));
                }
                else if (value.TryGetDecimal(out var number))
                {
                    if (schema.Kind == SchemaKind.Integer && !TextCheck.FitsInteger(number, schema.Format))
                    {
                        context.Add(ViolationKind.Mistyped, place, schema.Describe(), value.GetRawText());
                    }

                    TextCheck.CheckBounds(context, schema, number, place);
                }

                return;
            case SchemaKind.Boolean:
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                {
                    context.Add(ViolationKind.Mistyped, place, "true or false", Name(value));
                }

                return;
        }
    }

    private static void CheckObject(CheckContext context, ApiSchema schema, JsonElement value, string place)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            context.Add(ViolationKind.Mistyped, place, schema.Describe(), Name(value));
            return;
        }

        if (schema.Discriminator is { } discriminator && value.TryGetProperty(discriminator, out var kind) && kind.ValueKind == JsonValueKind.String)
        {
            if (schema.Variants.TryGetValue(kind.GetString()!, out var variant))
            {
                schema = variant;
            }
            else if (schema.Variants.Count > 0 && kind.GetString() != schema.Name)
            {
                context.Add(ViolationKind.EnumValue, $"{place}.{discriminator}", $"one of {string.Join(", ", schema.Variants.Keys)}", kind.GetString());
            }
        }

        if (schema.Kind == SchemaKind.Map)
        {
            TextCheck.CheckCount(context, schema, value.EnumerateObject().Count(), place);
        }

        foreach (var member in value.EnumerateObject())
        {
            var at = $"{place}.{member.Name}";
            if (schema.Properties.TryGetValue(member.Name, out var property))
            {
                context.CheckWritable(property, at);
                Check(context, property.Schema, member.Value, at);
            }
            else if (schema.Kind == SchemaKind.Map)
            {
                Check(context, schema.Items!, member.Value, at);
            }
            else if (!schema.IsOpen)
            {
                context.Add(ViolationKind.Undeclared, at, $"one of the fields of {schema.Name ?? "this structure"}{Hint(schema, member.Name)}");
            }
        }

        foreach (var property in schema.Properties.Values)
        {
            if (context.Requires(property) && (!value.TryGetProperty(property.Name, out var member) || member.ValueKind == JsonValueKind.Null))
            {
                context.Add(ViolationKind.Missing, $"{place}.{property.Name}", property.Schema.Describe());
            }
        }
    }

    internal static string Hint(ApiSchema schema, string name)
    {
        var near = schema.Properties.Keys.FirstOrDefault(key => key.Equals(name, StringComparison.OrdinalIgnoreCase));
        return near is null ? "" : $", such as {near}";
    }

    private static string Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => "a boolean",
    };
}
