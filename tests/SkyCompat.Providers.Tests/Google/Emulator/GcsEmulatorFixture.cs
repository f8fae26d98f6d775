using SkyCompat.Emulators.GoogleStorage;

namespace SkyCompat.Providers.Tests.Google.Emulator;

/// <summary>One emulator for the tests of a class, each of which makes buckets of its own.</summary>
public sealed class GcsEmulatorFixture : IAsyncLifetime
{
    private GcsEmulator? _emulator;
    private GcsWire? _wire;

    public GcsEmulator Emulator => _emulator ?? throw new InvalidOperationException("The emulator is not started.");

    public GcsWire Wire => _wire ?? throw new InvalidOperationException("The emulator is not started.");

    public async ValueTask InitializeAsync()
    {
        _emulator = await GcsEmulator.StartAsync(new GcsEmulatorOptions { AllowAnonymous = true });
        _wire = new GcsWire(_emulator.Endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        _wire?.Dispose();
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }
    }
}
