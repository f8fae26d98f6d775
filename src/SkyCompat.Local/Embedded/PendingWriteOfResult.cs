namespace SkyCompat.Local;

/// <summary>A change of the index that waits for its turn, and its result.</summary>
#pragma warning disable MA0048 // The generic twin of PendingWrite; the file name says so.
internal sealed class PendingWrite<T>(Func<WriteTransaction, T> change, CancellationToken cancellationToken) : PendingWrite
#pragma warning restore MA0048
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Completion => _completion.Task;

    public override bool TryCancel() => cancellationToken.IsCancellationRequested && _completion.TrySetCanceled(cancellationToken);

    public override void Run(WriteTransaction transaction) => _result = change(transaction);

    public override void Succeed() => _completion.TrySetResult(_result!);

    public override void Fail(Exception error)
    {
        HasFailed = true;
        _completion.TrySetException(error);
    }
}
