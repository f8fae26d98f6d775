using SkyCompat.Drivers;
using SkyCompat.Local;

namespace SkyCompat.Providers.Tests.Local;

public sealed class InMemoryStoreTests : StoreBehaviour
{
    private protected override StorageDriver Create(TimeProvider time) => new InMemoryStorageDriver(timeProvider: time);
}
