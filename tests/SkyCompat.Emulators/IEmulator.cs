namespace SkyCompat.Emulators;

/// <summary>A service that runs in this process until it is disposed.</summary>
public interface IEmulator : IAsyncDisposable
{
    /// <summary>Where it answers, for example <c>http://127.0.0.1:4443/</c>.</summary>
    Uri Endpoint { get; }
}
