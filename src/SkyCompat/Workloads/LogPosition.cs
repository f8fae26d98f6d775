namespace SkyCompat.Workloads;

/// <summary>How far a container's output was told, so that a reader that comes again goes on right there.</summary>
/// <remarks>A node gives its lines from a whole second on, in the order it has them. So what counts is how many lines since the last second begun were told: as many are passed over.</remarks>
internal sealed class LogPosition
{
    private const long Second = 1_000_000_000;

    private long _second = -1;
    private long _told;
    private long _latest = -1;
    private long _toSkip;

    /// <summary>From when on to ask; null before the first line.</summary>
    public DateTimeOffset? Since => _second < 0 ? null : DateTimeOffset.FromUnixTimeSeconds(_second);

    /// <summary>A new reader begins at <see cref="Since"/>.</summary>
    public void Restart() => _toSkip = _second < 0 ? 0 : _told;

    /// <summary>Whether the next line of the reader is to be told.</summary>
    /// <param name="nanoseconds">Its time.</param>
    public bool Accept(long nanoseconds)
    {
        if (_toSkip > 0)
        {
            // Where the node has thrown away what was told, the newer line that stands there instead is no repetition.
            if (nanoseconds <= _latest)
            {
                _toSkip--;
                return false;
            }

            _toSkip = 0;
        }

        var second = nanoseconds / Second;
        if (second > _second)
        {
            _second = second;
            _told = 1;
        }
        else if (second == _second)
        {
            _told++;
        }

        _latest = Math.Max(_latest, nanoseconds);
        return true;
    }
}
