using System.Text;
using System.Xml;

namespace SkyCompat.S3;

/// <summary>Builds the small documents that requests carry.</summary>
internal sealed class S3Xml
{
    public const string ContentType = "application/xml";
    private readonly StringBuilder _text = new();
    private readonly string _root;

    public S3Xml(S3Dialect dialect, string root)
    {
        _root = root;
        _text.Append('<').Append(root);
        if (dialect.XmlNamespace is { } name)
        {
            _text.Append(" xmlns=\"").Append(name).Append('"');
        }

        _text.Append('>');
    }

    /// <summary>Whether XML 1.0 can carry a text: it has no way to write most control characters.</summary>
    public static bool CanCarry(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!XmlConvert.IsXmlChar(text[i]))
            {
                if (i + 1 >= text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    public void Open(string name) => _text.Append('<').Append(name).Append('>');

    public void Close(string name) => _text.Append("</").Append(name).Append('>');

    public void Add(string name, string value)
    {
        Open(name);
        foreach (var character in value)
        {
            _ = character switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                // A reader would otherwise turn these into spaces or line feeds.
                '\r' => _text.Append("&#13;"),
                '\n' => _text.Append("&#10;"),
                '\t' => _text.Append("&#9;"),
                _ => _text.Append(character),
            };
        }

        Close(name);
    }

    public byte[] ToBytes()
    {
        Close(_root);
        return Encoding.UTF8.GetBytes(_text.ToString());
    }
}
