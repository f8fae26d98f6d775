namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>What a request asks for, and who does it.</summary>
/// <param name="Operation">The service's own name of the call.</param>
/// <param name="Serve">Carries it out.</param>
/// <param name="IsXml">Whether it is of the XML API.</param>
/// <param name="IsOpen">Whether it needs no authorization: its address is secret, or its body carries the proof.</param>
internal sealed record GcsRoute(string Operation, Func<GcsRequest, Task> Serve, bool IsXml = false, bool IsOpen = false);
