using SkyCompat.Drivers;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

/// <summary>One request that the engine made of the scripted driver.</summary>
internal sealed record DriverCall(string Operation, string? Key, int Number, CancellationToken Token)
{
    public GetOptions? Get { get; init; }

    public PutOptions? Put { get; init; }

    public CopyOptions? Copy { get; init; }

    public CopySource? Source { get; init; }

    public UploadBody? Body { get; init; }

    public Checksum? Checksum { get; init; }

    public MultipartUpload? Upload { get; init; }

    public IReadOnlyList<string> Keys { get; init; } = [];

    public int Part { get; init; }

    public long Offset { get; init; }

    public long Length { get; init; }
}
