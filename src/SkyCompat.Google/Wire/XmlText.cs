using System.Text;

namespace SkyCompat.Google;

/// <summary>Builds the one small XML document that requests carry, of names and texts without markup.</summary>
internal sealed class XmlText
{
    public const string ContentType = "application/xml";

    private readonly StringBuilder _text = new();
    private readonly string _root;

    public XmlText(string root)
    {
        _root = root;
        Open(root);
    }

    public void Open(string name) => _text.Append('<').Append(name).Append('>');

    public void Close(string name) => _text.Append("</").Append(name).Append('>');

    public void Add(string name, string value)
    {
        Open(name);
        _text.Append(value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal));
        Close(name);
    }

    public byte[] ToBytes()
    {
        Close(_root);
        return Encoding.UTF8.GetBytes(_text.ToString());
    }
}
