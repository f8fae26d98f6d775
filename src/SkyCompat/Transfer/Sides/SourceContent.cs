namespace SkyCompat.Transfer.Sides;

/// <summary>An opened object of the source: bytes that are verified as they are read where the source keeps a checksum.</summary>
internal sealed class SourceContent(SourceAttributes attributes, Stream body, bool isVerified) : IAsyncDisposable
{
    public SourceAttributes Attributes { get; } = attributes;

    public Stream Body { get; } = body;

    /// <summary>Whether reading to the end proves that the bytes are those of the source.</summary>
    public bool IsVerified { get; } = isVerified;

    public ValueTask DisposeAsync() => Body.DisposeAsync();
}
