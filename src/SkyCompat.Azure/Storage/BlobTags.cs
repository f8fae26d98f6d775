using System.Text;
using System.Xml;
using SkyCompat.Drivers;

namespace SkyCompat.Azure;

/// <summary>Get Blob Tags and Set Blob Tags.</summary>
internal sealed class BlobTags(AzureClient client)
{
    /// <summary>Tags as a header carries them.</summary>
    public static string Encode(IReadOnlyDictionary<string, string> tags)
    {
        var text = new TextBuilder(stackalloc char[256]);
        try
        {
            foreach (var (key, value) in tags)
            {
                if (text.Length > 0)
                {
                    text.Append('&');
                }

                text.AppendEncoded(TagText.Encode(key, TagText.MaxKeyLength), keepSlash: false);
                text.Append('=');
                text.AppendEncoded(TagText.Encode(value, TagText.MaxValueLength), keepSlash: false);
            }

            return text.ToString();
        }
        finally
        {
            text.Dispose();
        }
    }

    public async Task<IReadOnlyDictionary<string, string>> GetAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        var request = new AzureRequest(HttpMethod.Get, key) { Subject = versionId is null ? AzureSubject.Object : AzureSubject.Version };
        request.AddQuery("comp", "tags");
        if (versionId is not null)
        {
            request.AddQuery("versionid", versionId);
        }

        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        return document.Read(ReadTags);
    }

    public async Task SetAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("Tags");
            xml.WriteStartElement("TagSet");
            foreach (var (name, value) in tags)
            {
                xml.WriteStartElement("Tag");
                xml.WriteElementString("Key", TagText.Encode(name, TagText.MaxKeyLength));
                xml.WriteElementString("Value", TagText.Encode(value, TagText.MaxValueLength));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        var body = new UploadBody(new(Encoding.UTF8.GetBytes(text.ToString())));
        await using (body.ConfigureAwait(false))
        {
            var request = new AzureRequest(HttpMethod.Put, key) { IsWrite = true, Body = body, ContentType = "application/xml" };
            request.AddQuery("comp", "tags");
            await client.SendForStatusAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Dictionary<string, string> ReadTags(XmlReader xml)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        string? name = null;
        while (xml.ReadToElement())
        {
            if (xml.LocalName == "Key")
            {
                name = TagText.Decode(xml.ReadString());
            }
            else if (xml.LocalName == "Value" && name is not null)
            {
                tags[name] = TagText.Decode(xml.ReadString());
            }
        }

        return tags;
    }
}
