namespace SkyCompat.Transfer.Running;

/// <summary>
/// Finds how much to do at a time from what it brings: doubles, then grows by steps, while that raises the throughput; goes back when it does not, and tries again later; backs off
/// when the store throttles. Pure: fed with samples, it has no clock.
/// </summary>
internal sealed class ConcurrencyController(int start, int max)
{
    private const int Min = 2;
    private const double WorthIt = 1.05;
    private const double BackOff = 0.6;
    private const int RestWindows = 12;
    private const int GraceWindows = 4;

    private double _throughputBefore;
    private int _limitBefore = Math.Clamp(start, Math.Min(Min, max), max);
    private bool _isDoubling = true;
    private int _rest;
    private int _grace;

    /// <summary>How much to do at a time.</summary>
    public int Limit { get; private set; } = Math.Clamp(start, Math.Min(Min, max), max);

    /// <summary>Takes a sample of a window and sets <see cref="Limit"/>.</summary>
    /// <param name="throughput">Work per second in the window, in any unit that stays the same.</param>
    /// <param name="throttled">How many requests were throttled in it.</param>
    /// <param name="wasLimited">Whether there was more to do than the limit let pass.</param>
    public void Observe(double throughput, long throttled, bool wasLimited)
    {
        if (throttled > 0)
        {
            // Once per burst: what is in flight was sent under the old limit.
            if (_grace == 0)
            {
                Limit = Math.Max(Math.Min(Min, max), (int)(Limit * BackOff));
                _grace = GraceWindows;
            }

            _grace--;
            (_isDoubling, _throughputBefore, _limitBefore, _rest) = (false, 0, Limit, RestWindows);
            return;
        }

        _grace = 0;

        if (_rest > 0)
        {
            _rest--;
            return;
        }

        if (!wasLimited)
        {
            // What limits is the work that there is: this says nothing about the store.
            return;
        }

        if (throughput > _throughputBefore * WorthIt)
        {
            (_throughputBefore, _limitBefore) = (throughput, Limit);
            Limit = Math.Min(max, _isDoubling ? Limit * 2 : Limit + Math.Max(1, Limit / 4));
            return;
        }

        // The step brought nothing: less load on the store for the same throughput.
        (Limit, _isDoubling, _throughputBefore, _rest) = (_limitBefore, false, 0, RestWindows);
    }
}
