using System.Collections.ObjectModel;

namespace SkyCompat.ObjectStorage;

/// <summary>All that is stored with an object beside its bytes and that can be replaced without them.</summary>
public sealed record ObjectAttributes
{
    /// <summary>The content headers.</summary>
    public ContentHeaders Headers { get; init; } = ContentHeaders.Default;

    /// <summary>The user's metadata, under the rules of <see cref="PutOptions.Metadata"/>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Tags, under the rules of <see cref="PutOptions.Tags"/>; null keeps the source's where the store can.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
