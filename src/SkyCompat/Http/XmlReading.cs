using System.Globalization;
using System.Xml;

namespace SkyCompat.Http;

/// <summary>Reads replies element by element. After a value is read the reader stands on the end of its element, so that reading on meets the next one.</summary>
internal static class XmlReading
{
    /// <summary>Moves to the next element at any depth.</summary>
    public static bool ReadToElement(this XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text of the first element of a name; null if there is none.</summary>
    public static string? ReadFirst(this XmlReader reader, string name)
    {
        do
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == name)
            {
                return reader.ReadString();
            }
        }
        while (reader.Read());

        return null;
    }

    public static bool ReadBoolean(this XmlReader reader) => reader.ReadString().Equals("true", StringComparison.OrdinalIgnoreCase);

    public static long ReadInteger(this XmlReader reader) => long.TryParse(reader.ReadString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : 0;

    public static DateTimeOffset? ReadInstant(this XmlReader reader) =>
        DateTimeOffset.TryParse(reader.ReadString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value) ? value : null;
}
