using System.Collections.ObjectModel;
using System.Xml;

namespace SkyCompat.S3;

/// <summary>Object tagging.</summary>
internal sealed class S3Tags(S3BucketClient client)
{
    public async Task<IReadOnlyDictionary<string, string>> GetAsync(string key, string? versionId, CancellationToken cancellationToken)
    {
        var request = new S3Request(HttpMethod.Get, key) { Subject = versionId is null ? S3Subject.Object : S3Subject.Version };
        request.AddQuery("tagging");
        if (versionId is not null)
        {
            request.AddQuery("versionId", versionId);
        }

        using var document = await client.SendForDocumentAsync(request, cancellationToken).ConfigureAwait(false);
        // Ceph 16 says nothing at all of a copy without tags.
        return document.IsEmpty ? ReadOnlyDictionary<string, string>.Empty : document.Read(ReadTags);
    }

    public Task SetAsync(string key, IReadOnlyDictionary<string, string> tags, CancellationToken cancellationToken)
    {
        var request = new S3Request(tags.Count == 0 ? HttpMethod.Delete : HttpMethod.Put, key) { IsWrite = true };
        request.AddQuery("tagging");
        if (tags.Count > 0)
        {
            var xml = new S3Xml(client.Context.Dialect, "Tagging");
            xml.Open("TagSet");
            foreach (var (name, value) in tags)
            {
                xml.Open("Tag");
                xml.Add("Key", name);
                xml.Add("Value", value);
                xml.Close("Tag");
            }

            xml.Close("TagSet");
            var body = xml.ToBytes();
            request.SetBody(body, S3Xml.ContentType);
            request.AddHeader("content-md5", ContentMd5.Of(body));
        }

        return client.SendForStatusAsync(request, cancellationToken);
    }

    private static Dictionary<string, string> ReadTags(XmlReader xml)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        string? name = null;
        while (xml.ReadToElement())
        {
            if (xml.LocalName == "Key")
            {
                name = xml.ReadString();
            }
            else if (xml.LocalName == "Value" && name is not null)
            {
                tags[name] = xml.ReadString();
            }
        }

        return tags;
    }
}
