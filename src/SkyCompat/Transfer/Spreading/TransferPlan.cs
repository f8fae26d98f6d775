using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Spreading;

/// <summary>The document of the journal that says what the transfer is: the request without its buckets, which each process opens by its own settings.</summary>
internal sealed record TransferPlan
{
    /// <summary>The version of the journal's documents; a worker of another version does not know what they mean.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>Mode, source and destination, with the names that the coordinator's configuration has.</summary>
    public required string Identity { get; init; }

    public required string SourcePath { get; init; }

    public required string DestinationPath { get; init; }

    public required TransferMode Mode { get; init; }

    /// <summary>The range of the whole; shards have theirs within it.</summary>
    public TransferRange? Range { get; init; }

    public required TransferFilter Filter { get; init; }

    public required TransferOptions Options { get; init; }

    public static TransferPlan Of(TransferRequest request) => new()
    {
        Version = CurrentVersion,
        Identity = TransferPreparation.Identify(request),
        SourcePath = request.Source.Path,
        DestinationPath = request.Destination.Path,
        Mode = request.Mode,
        Range = request.Range,
        Filter = request.Filter,
        Options = request.Options,
    };

    /// <summary>The request again, on the buckets of this process.</summary>
    public TransferRequest ToRequest(IBucket source, IBucket destination) => new()
    {
        Source = TransferLocation.FromPrefix(source, SourcePath),
        Destination = TransferLocation.FromPrefix(destination, DestinationPath),
        Mode = Mode,
        Filter = Filter,
        Options = Options,
    };
}
