using SkyCompat.Conformance.Xunit.Internal;
using Xunit;

namespace SkyCompat.Conformance.Xunit;

/// <summary>Gives the suites of one adapter one harness between them: made by the first suite that starts, disposed after the last one that runs.</summary>
/// <typeparam name="THarness">The adapter's harness.</typeparam>
public sealed class HarnessFixture<THarness> : IAsyncLifetime
    where THarness : ConformanceHarness, new()
{
    private HarnessLease<THarness>? _lease;

    /// <summary>The harness, initialized unless <see cref="UnavailableReason"/> says otherwise.</summary>
    public THarness Harness => _lease?.Harness ?? throw new InvalidOperationException("The fixture is not initialized.");

    /// <summary>Why the server is not there; null if it is.</summary>
    public string? UnavailableReason => _lease?.UnavailableReason;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _lease = await HarnessLease<THarness>.AcquireAsync(TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_lease is not null)
        {
            await HarnessLease<THarness>.ReleaseAsync();
            _lease = null;
        }
    }
}
