using SkyCompat.Drivers;

namespace SkyCompat.Providers.Tests.Local;

public sealed class LocalStoreTests : StoreBehaviour
{
    private readonly LocalTestRoot _root = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _root.Dispose();
    }

    private protected override StorageDriver Create(TimeProvider time) => _root.Open(time: time);
}
