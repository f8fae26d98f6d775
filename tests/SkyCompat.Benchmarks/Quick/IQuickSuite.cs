namespace SkyCompat.Benchmarks.Quick;

/// <summary>Some measures that share a server or a folder.</summary>
internal interface IQuickSuite
{
    string Name { get; }

    string Description { get; }

    Task RunAsync(QuickReport report);
}
