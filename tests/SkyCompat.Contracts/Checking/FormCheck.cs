using System.Globalization;

namespace SkyCompat.Contracts.Checking;

/// <summary>Checks the named values of a remote procedure call, whose names spell out structures.</summary>
internal static class FormCheck
{
    public static void Check(CheckContext context, ApiSchema form, FormStyle style, IEnumerable<KeyValuePair<string, string>> values)
    {
        var root = new Node();
        foreach (var (name, value) in values)
        {
            var node = root;
            foreach (var part in name.Split('.'))
            {
                if (!node.Children.TryGetValue(part, out var child))
                {
                    node.Children[part] = child = new Node();
                }

                node = child;
            }

            if (node.Value is not null)
            {
                context.Add(ViolationKind.Mistyped, $"form {name}", "one value", "several");
            }

            node.Value = value;
        }

        CheckObject(context, form, style, root, "form ");
    }

    private static void CheckObject(CheckContext context, ApiSchema schema, FormStyle style, Node node, string prefix)
    {
        if (node.Value is not null)
        {
            context.Add(ViolationKind.Mistyped, prefix.TrimEnd('.'), schema.Describe(), "a value");
        }

        foreach (var (name, child) in node.Children)
        {
            if (schema.Properties.TryGetValue(name, out var property))
            {
                if (property.IsJsonText)
                {
                    JsonCheck.CheckDocument(context, property.Schema, System.Text.Encoding.UTF8.GetBytes(child.Value ?? ""), prefix + name);
                }
                else
                {
                    Check(context, property.Schema, style, child, prefix + name);
                }
            }
            else if (!schema.IsOpen)
            {
                context.Add(ViolationKind.Undeclared, prefix + name, $"one of the values of {schema.Name ?? "this structure"}{JsonCheck.Hint(schema, name)}");
            }
        }

        foreach (var property in schema.Properties.Values)
        {
            if (context.Requires(property) && !node.Children.ContainsKey(property.Name))
            {
                context.Add(ViolationKind.Missing, prefix + property.Name, property.Schema.Describe());
            }
        }
    }

    private static void Check(CheckContext context, ApiSchema schema, FormStyle style, Node node, string place)
    {
        switch (schema.Kind)
        {
            case SchemaKind.Object:
                CheckObject(context, schema, style, node, place + ".");
                return;
            case SchemaKind.Array:
                CheckArray(context, schema, style, node, place);
                return;
            case SchemaKind.Any or SchemaKind.Map:
                return;
        }

        if (node.Children.Count > 0)
        {
            context.Add(ViolationKind.Mistyped, place, schema.Describe(), "a structure");
        }
        else
        {
            TextCheck.Check(context, schema, node.Value ?? "", place);
        }
    }

    private static void CheckArray(CheckContext context, ApiSchema schema, FormStyle style, Node node, string place)
    {
        if (node.Value is not null)
        {
            // An empty list is written as the bare name.
            if (node.Value.Length > 0 || node.Children.Count > 0)
            {
                context.Add(ViolationKind.Mistyped, place, schema.Describe(), "a value");
            }

            return;
        }

        if (style == FormStyle.AwsQuery && !schema.IsFlattened)
        {
            var item = schema.ItemName ?? "member";
            foreach (var name in node.Children.Keys.Where(name => name != item))
            {
                context.Add(ViolationKind.Mistyped, $"{place}.{name}", $"{place}.{item}.1");
            }

            if (!node.Children.TryGetValue(item, out var members))
            {
                return;
            }

            node = members;
            place = $"{place}.{item}";
        }

        TextCheck.CheckCount(context, schema, node.Children.Count, place);
        foreach (var (name, child) in node.Children)
        {
            if (!int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                context.Add(ViolationKind.Mistyped, $"{place}.{name}", "a number that counts from 1", name);
            }
            else
            {
                Check(context, schema.Items!, style, child, $"{place}[{name}]");
            }
        }
    }

    private sealed class Node
    {
        public string? Value { get; set; }

        public SortedDictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);
    }
}
