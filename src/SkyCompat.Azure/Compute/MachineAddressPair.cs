namespace SkyCompat.Azure;

/// <summary>The addresses of a machine.</summary>
/// <param name="Private">Those inside the network.</param>
/// <param name="Public">Those that can be reached from outside.</param>
internal sealed record MachineAddressPair(IReadOnlyList<string> Private, IReadOnlyList<string> Public)
{
    public static MachineAddressPair None { get; } = new([], []);
}
