using SkyCompat.Drivers;

namespace SkyCompat.Hosting;

/// <summary>A wrapper that is to be put around the storage driver of a cloud.</summary>
internal sealed record StorageDecoration(string Cloud, Func<StorageDriver, IServiceProvider, StorageDriver> Wrap);
