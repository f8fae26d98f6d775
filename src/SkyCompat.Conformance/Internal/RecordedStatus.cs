using SkyCompat.Workloads;

namespace SkyCompat.Conformance.Internal;

/// <summary>Keeps the last status that it is told; unlike <see cref="Progress{T}"/> on the caller's thread.</summary>
internal sealed class RecordedStatus : IProgress<WorkloadStatus>
{
    private WorkloadStatus? _last;

    public WorkloadStatus? Last => Volatile.Read(ref _last);

    public void Report(WorkloadStatus value) => Volatile.Write(ref _last, value);
}
