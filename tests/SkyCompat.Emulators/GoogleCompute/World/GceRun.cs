using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>An operation that goes on.</summary>
internal sealed class GceRun
{
    public required JsonObject Operation { get; init; }

    /// <summary>The collection of what it changes.</summary>
    public required string Collection { get; init; }

    public required string Name { get; init; }

    /// <summary>What happens when it starts to run.</summary>
    public Func<GceFailure?>? Running { get; init; }

    /// <summary>What happens when it is done.</summary>
    public Func<GceFailure?>? Finish { get; init; }

    /// <summary>What happens if it fails.</summary>
    public Action? Undo { get; init; }

    /// <summary>A failure that was ordered.</summary>
    public GceFailure? Ordered { get; init; }

    public int Looks { get; set; }

    public bool IsDone => (string?)Operation["status"] == "DONE";
}
