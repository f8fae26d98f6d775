using SkyCompat.ObjectStorage;

namespace SkyCompat.Local;

/// <summary>Walks keys in UTF-8 byte order. What a store offers so that <see cref="ListScanner"/> can list it.</summary>
internal interface IKeyCursor
{
    /// <summary>The key it stands on, in UTF-8; valid until the next move.</summary>
    ReadOnlySpan<byte> Key { get; }

    /// <summary>Jumps to the first key that is not before another.</summary>
    bool Seek(ReadOnlySpan<byte> lowest);

    /// <summary>Goes to the next key.</summary>
    bool MoveNext();

    /// <summary>The entry it stands on.</summary>
    ListEntry Read();
}
