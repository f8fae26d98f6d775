using Xunit;

namespace SkyCompat.Conformance.Xunit;

/// <summary>Makes the harness before the first case and disposes it after the last.</summary>
/// <typeparam name="THarness">The harness of compute, clusters or workloads.</typeparam>
public sealed class ServiceFixture<THarness> : IAsyncLifetime
    where THarness : ServiceHarness, new()
{
    /// <summary>The harness, initialized unless <see cref="UnavailableReason"/> says otherwise.</summary>
    public THarness Harness { get; } = new();

    /// <summary>Why the server is not there; null if it is.</summary>
    public string? UnavailableReason { get; private set; }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        UnavailableReason = await Harness.UnavailableReasonAsync(TestContext.Current.CancellationToken);
        if (UnavailableReason is null)
        {
            await Harness.InitializeAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (UnavailableReason is null)
        {
            await Harness.DisposeAsync();
        }
    }
}
