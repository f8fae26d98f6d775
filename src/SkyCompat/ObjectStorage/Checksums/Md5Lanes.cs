namespace SkyCompat.ObjectStorage;

/// <summary>Computes the MD5 of several runs of bytes that come at the same time, such as the parts of an object, side by side: whoever wants the MD5 of one takes the others along as far as their
/// bytes are there. Where the processor cannot, or there are too few to gain by it, each is computed for itself.</summary>
internal sealed class Md5Lanes
{
    /// <summary>Eight lanes take the time of two runs that are computed for themselves.</summary>
    private const int LanesThatGain = 3;

    private readonly Lock _lock = new();
    private readonly List<Md5Lane> _lanes = [];

    /// <summary>Begins a run. Dispose ends it.</summary>
    public Md5Lane Begin()
    {
        var lane = new Md5Lane(this);
        lock (_lock)
        {
            _lanes.Add(lane);
        }

        return lane;
    }

    /// <summary>Takes a lane out. No byte of it is read after.</summary>
    public void End(Md5Lane lane)
    {
        lock (_lock)
        {
            _lanes.Remove(lane);
        }
    }

    /// <summary>Takes a lane out that is better computed for itself: one of which nothing was computed yet, with too few to go along.</summary>
    public bool TryEndAlone(Md5Lane lane)
    {
        lock (_lock)
        {
            return (!Md5Kernel.IsSupported || (!lane.IsStarted && _lanes.Count(static other => !other.GetBlocks().IsEmpty) < LanesThatGain)) && _lanes.Remove(lane);
        }
    }

    /// <summary>Computes over all whole blocks of a lane, and over those of others that are there meanwhile.</summary>
    public void Advance(Md5Lane lane)
    {
        // The lock is left after each stretch, so that whoever waits for another lane, or ends one, waits for no more than that.
        while (AdvanceOnce(lane))
        {
        }
    }

    private bool AdvanceOnce(Md5Lane lane)
    {
        lock (_lock)
        {
            var blocks = lane.GetBlocks();
            if (blocks.IsEmpty)
            {
                return false;
            }

            Span<Md5Lane> lanes = [lane, lane, lane, lane, lane, lane, lane, lane];
            Span<ReadOnlyMemory<byte>> runs = [blocks, blocks, blocks, blocks, blocks, blocks, blocks, blocks];
            var (count, length) = (1, blocks.Length);
            foreach (var other in _lanes)
            {
                if (count < Md5Kernel.Lanes && other != lane && other.GetBlocks() is { IsEmpty: false } more)
                {
                    (lanes[count], runs[count]) = (other, more);
                    length = Math.Min(length, more.Length);
                    count++;
                }
            }

            Md5Lane.Compute(lanes[..count], runs, length);
            return true;
        }
    }
}
