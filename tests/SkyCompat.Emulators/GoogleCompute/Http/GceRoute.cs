using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleCompute;

/// <summary>A call that was found.</summary>
/// <param name="Name">The service's name of it, such as <c>compute.instances.insert</c>.</param>
/// <param name="Run">Carries it out.</param>
internal sealed record GceRoute(string Name, Func<GceCall, JsonObject> Run);
