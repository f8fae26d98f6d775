using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace SkyCompat.Contracts.Checking;

/// <summary>Checks XML by the local names of its elements and attributes.</summary>
internal static class XmlCheck
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false };

    public static void CheckDocument(CheckContext context, ApiBody body, ReadOnlyMemory<byte> bytes)
    {
        XElement root;
        try
        {
            root = Load(bytes);
        }
        catch (XmlException exception)
        {
            context.Add(ViolationKind.Format, "body", "an XML document", exception.Message);
            return;
        }

        if (body.RootName is { } name && root.Name.LocalName != name)
        {
            context.Add(ViolationKind.Undeclared, "body", $"the root element {name}", root.Name.LocalName);
            return;
        }

        Check(context, body.Schema, root, "body");
    }

    private static XElement Load(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, Settings);
            return XDocument.Load(reader).Root!;
        }
        catch (XmlException)
        {
            // Stores write keys as they are, also with characters that XML 1.0 has no place for. Those are not the structure's fault.
            var text = string.Concat(Encoding.UTF8.GetString(bytes.Span).TrimStart('\uFEFF').Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '?'));
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return XDocument.Load(reader).Root!;
        }
    }

    private static void Check(CheckContext context, ApiSchema schema, XElement element, string place)
    {
        switch (schema.Kind)
        {
            case SchemaKind.Any or SchemaKind.Binary:
                return;
            case SchemaKind.Object:
                CheckObject(context, schema, element, place);
                return;
            case SchemaKind.Map:
                CheckMap(context, schema, element, place);
                return;
            case SchemaKind.Array:
                CheckText(context, schema, element, place);
                CheckItems(context, schema, element.Elements(), place);
                return;
        }

        foreach (var attribute in Attributes(element))
        {
            context.Add(ViolationKind.Undeclared, $"{place}@{attribute.Name.LocalName}", "no attribute");
        }

        if (element.HasElements)
        {
            context.Add(ViolationKind.Mistyped, place, schema.Describe(), "elements");
        }
        else
        {
            TextCheck.Check(context, schema, element.Value, place);
        }
    }

    private static void CheckObject(CheckContext context, ApiSchema schema, XElement element, string place)
    {
        CheckAttributes(context, schema, element, place);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var hasText = false;
        foreach (var property in schema.Properties.Values)
        {
            if (property.Role == XmlNodeRole.Text)
            {
                hasText = true;
                TextCheck.Check(context, property.Schema, element.Value, place);
            }
        }

        if (!hasText)
        {
            CheckText(context, schema, element, place);
        }

        foreach (var child in element.Elements())
        {
            var name = child.Name.LocalName;
            var at = $"{place}.{name}";
            var property = Find(schema, name);
            if (property is null)
            {
                if (!schema.IsOpen)
                {
                    context.Add(ViolationKind.Undeclared, at, $"one of the elements of {schema.Name ?? element.Name.LocalName}{JsonCheck.Hint(schema, name)}");
                }

                continue;
            }

            var count = seen[name] = seen.GetValueOrDefault(name) + 1;
            context.CheckWritable(property, at);
            if (property.Schema is { Kind: SchemaKind.Array, IsFlattened: true })
            {
                Check(context, property.Schema.Items!, child, $"{at}[{count - 1}]");
            }
            else
            {
                if (count > 1)
                {
                    context.Add(ViolationKind.Mistyped, at, "one element", $"{count} elements");
                }

                Check(context, property.Schema, child, at);
            }
        }

        foreach (var property in schema.Properties.Values)
        {
            if (property.Role != XmlNodeRole.Element)
            {
                continue;
            }

            if (property.Schema is { Kind: SchemaKind.Array, IsFlattened: true })
            {
                var count = seen.GetValueOrDefault(property.XmlName);
                if (count > 0)
                {
                    TextCheck.CheckCount(context, property.Schema, count, $"{place}.{property.XmlName}");
                }
                else if (context.IsRequest && context.Requires(property))
                {
                    // In a reply, an array without items is simply not there.
                    context.Add(ViolationKind.Missing, $"{place}.{property.XmlName}", property.Schema.Describe());
                }
            }
            else if (context.Requires(property) && !seen.ContainsKey(property.XmlName))
            {
                context.Add(ViolationKind.Missing, $"{place}.{property.XmlName}", property.Schema.Describe());
            }
        }
    }

    /// <summary>A structure has no text of its own.</summary>
    private static void CheckText(CheckContext context, ApiSchema schema, XElement element, string place)
    {
        if (element.Nodes().OfType<XText>().Any(text => !string.IsNullOrWhiteSpace(text.Value)))
        {
            context.Add(ViolationKind.Mistyped, place, schema.Describe(), "text");
        }
    }

    private static void CheckAttributes(CheckContext context, ApiSchema schema, XElement element, string place)
    {
        foreach (var attribute in Attributes(element))
        {
            var property = schema.Properties.Values.FirstOrDefault(property => property.Role == XmlNodeRole.Attribute && LocalName(property.XmlName) == attribute.Name.LocalName);
            if (property is null)
            {
                context.Add(ViolationKind.Undeclared, $"{place}@{attribute.Name.LocalName}", "a declared attribute");
            }
            else
            {
                TextCheck.Check(context, property.Schema, attribute.Value, $"{place}@{attribute.Name.LocalName}");
            }
        }

        foreach (var property in schema.Properties.Values)
        {
            if (property.Role == XmlNodeRole.Attribute && context.Requires(property) && Attributes(element).All(attribute => attribute.Name.LocalName != LocalName(property.XmlName)))
            {
                context.Add(ViolationKind.Missing, $"{place}@{property.XmlName}", property.Schema.Describe());
            }
        }
    }

    private static void CheckMap(CheckContext context, ApiSchema schema, XElement element, string place)
    {
        CheckAttributes(context, schema, element, place);
        foreach (var child in element.Elements())
        {
            var at = $"{place}.{child.Name.LocalName}";
            if (schema.ItemName is null)
            {
                Check(context, schema.Properties.TryGetValue(child.Name.LocalName, out var property) ? property.Schema : schema.Items!, child, at);
            }
            else if (child.Name.LocalName != schema.ItemName)
            {
                context.Add(ViolationKind.Undeclared, at, schema.ItemName);
            }
            else if (child.Elements().FirstOrDefault(part => part.Name.LocalName == "value") is { } value)
            {
                Check(context, schema.Items!, value, $"{at}.value");
            }
        }
    }

    private static void CheckItems(CheckContext context, ApiSchema schema, IEnumerable<XElement> items, string place)
    {
        var count = 0;
        foreach (var item in items)
        {
            if (schema.ItemName is { } name && item.Name.LocalName != name)
            {
                context.Add(ViolationKind.Undeclared, $"{place}.{item.Name.LocalName}", name);
            }
            else
            {
                Check(context, schema.Items!, item, $"{place}.{item.Name.LocalName}[{count}]");
            }

            count++;
        }

        TextCheck.CheckCount(context, schema, count, place);
    }

    private static ApiProperty? Find(ApiSchema schema, string name)
    {
        if (schema.Properties.TryGetValue(name, out var direct) && direct.Role == XmlNodeRole.Element && direct.XmlName == name)
        {
            return direct;
        }

        foreach (var property in schema.Properties.Values)
        {
            if (property.XmlName == name && property.Role == XmlNodeRole.Element)
            {
                return property;
            }
        }

        return null;
    }

    private static IEnumerable<XAttribute> Attributes(XElement element) => element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration);

    private static string LocalName(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
