namespace SkyCompat.Conformance.Xunit.Internal;

/// <summary>Counts who uses the one harness of a type.</summary>
internal sealed class HarnessLease<THarness>
    where THarness : ConformanceHarness, new()
{
    private static readonly SemaphoreSlim Gate = new(1, 1);
    private static HarnessLease<THarness>? _current;
    private static int _users;

    private HarnessLease(THarness harness, string? unavailableReason)
    {
        Harness = harness;
        UnavailableReason = unavailableReason;
    }

    public THarness Harness { get; }

    public string? UnavailableReason { get; }

    public static async Task<HarnessLease<THarness>> AcquireAsync(CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            _current ??= await MakeAsync(cancellationToken);
            _users++;
            return _current;
        }
        finally
        {
            Gate.Release();
        }
    }

    public static async Task ReleaseAsync()
    {
        await Gate.WaitAsync(CancellationToken.None);
        try
        {
            if (--_users == 0 && _current is { } last)
            {
                _current = null;
                await last.Harness.DisposeAsync();
            }
        }
        finally
        {
            Gate.Release();
        }
    }

    private static async Task<HarnessLease<THarness>> MakeAsync(CancellationToken cancellationToken)
    {
        var harness = new THarness();
        try
        {
            var reason = await harness.UnavailableReasonAsync(cancellationToken);
            if (reason is null)
            {
                await harness.InitializeAsync(cancellationToken);
            }

            return new HarnessLease<THarness>(harness, reason);
        }
        catch
        {
            await harness.DisposeAsync();
            throw;
        }
    }
}
