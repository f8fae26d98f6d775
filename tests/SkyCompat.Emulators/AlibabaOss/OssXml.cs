using System.Globalization;
using System.Text;

namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>Builds a document.</summary>
internal sealed class OssXml
{
    private readonly StringBuilder _text = new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private readonly string _root;

    public OssXml(string root)
    {
        _root = root;
        Open(root);
    }

    public OssXml Open(string name)
    {
        _text.Append('<').Append(name).Append('>');
        return this;
    }

    public OssXml Close(string name)
    {
        _text.Append("</").Append(name).Append('>');
        return this;
    }

    public OssXml Add(string name, string value)
    {
        Open(name);
        foreach (var character in value)
        {
            _ = character switch
            {
                '<' => _text.Append("&lt;"),
                '>' => _text.Append("&gt;"),
                '&' => _text.Append("&amp;"),
                '"' => _text.Append("&quot;"),
                < ' ' => _text.Append("&#").Append((int)character).Append(';'),
                _ => _text.Append(character),
            };
        }

        return Close(name);
    }

    public OssXml Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public OssXml Add(string name, bool value) => Add(name, value ? "true" : "false");

    public override string ToString() => _text + "</" + _root + ">";
}
