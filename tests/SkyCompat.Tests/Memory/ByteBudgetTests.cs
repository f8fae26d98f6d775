using CsCheck;
using SkyCompat.Memory;

namespace SkyCompat.Tests;

public sealed class ByteBudgetTests
{
    [Fact]
    public async Task Reserve_NoneFree_IsServedInOrder()
    {
        var budget = new ByteBudget(10);
        budget.TryReserve(10).ShouldBeTrue();
        var large = budget.ReserveAsync(8, default).AsTask();
        var small = budget.ReserveAsync(1, default).AsTask();

        // One byte would do for the second, but the first came first.
        budget.Release(5);
        large.IsCompleted.ShouldBeFalse();
        small.IsCompleted.ShouldBeFalse();
        budget.TryReserve(1).ShouldBeFalse();
        budget.Release(3);
        await large;
        small.IsCompleted.ShouldBeFalse();
        budget.Release(2);
        await small;

        budget.Used.ShouldBe(9);
    }

    [Fact]
    public async Task Reserve_WaiterCancelled_LetsThoseBehindItThrough()
    {
        var budget = new ByteBudget(10);
        budget.TryReserve(6).ShouldBeTrue();
        using var source = new CancellationTokenSource();
        var large = budget.ReserveAsync(10, source.Token).AsTask();
        var small = budget.ReserveAsync(4, default).AsTask();
        small.IsCompleted.ShouldBeFalse();

        await source.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => large)).CancellationToken.ShouldBe(source.Token);
        await small;
        budget.Used.ShouldBe(10);
    }

    [Fact]
    public async Task Reserve_CancelledBeforehand_ReservesNothing()
    {
        var budget = new ByteBudget(10);
        budget.TryReserve(10).ShouldBeTrue();

        await Should.ThrowAsync<OperationCanceledException>(async () => await budget.ReserveAsync(1, new CancellationToken(canceled: true)));

        budget.Used.ShouldBe(10);
    }

    [Fact]
    public async Task Reserve_MoreThanThereIs_IsRefused()
    {
        var budget = new ByteBudget(10);

        var error = await CloudAssert.FailsAsync(() => budget.ReserveAsync(11, default).AsTask(), CloudErrorCode.QuotaExceeded);

        error.Message.ShouldContain("BufferBudgetBytes");
        budget.Used.ShouldBe(0);
    }

    [Fact]
    public async Task Reserve_ManyAtOnceWithCancellations_NeverExceedsTheCapacityAndLosesNothing()
    {
        await Gen.Select(Gen.Int[1, 100], Gen.Int[0, 1_000].Array[1, 60]).SampleAsync(
            async (capacity, requests) =>
            {
                var budget = new ByteBudget(capacity);
                var held = 0L;
                await Task.WhenAll(requests.Select(request => Task.Run(async () =>
                {
                    using var source = new CancellationTokenSource();
                    var bytes = request % (capacity + 1);
                    var reservation = budget.ReserveAsync(bytes, source.Token).AsTask();
                    if (request % 3 == 0)
                    {
                        await source.CancelAsync();
                    }

                    await ((Task)reservation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    if (reservation.IsCompletedSuccessfully)
                    {
                        Interlocked.Add(ref held, bytes).ShouldBeLessThanOrEqualTo(capacity);
                        await Task.Yield();
                        Interlocked.Add(ref held, -bytes);
                        budget.Release(bytes);
                    }
                })));

                budget.Used.ShouldBe(0);
                budget.TryReserve(capacity).ShouldBeTrue();
            },
            iter: 200);
    }

    [Fact]
    public void Buffer_AnyFilling_HoldsTheBytesAndReturnsWhatItReserved() => Gen.Select(Gen.Int[0, 3 << 20], Gen.Int[1, 700_000], Gen.Int[0, 1_000]).Sample(
        (size, step, slack) =>
        {
            var budget = new ByteBudget(8 << 20);
            var bytes = Engine.Bytes(size, step);
            var buffer = PooledBuffer.TryCreate(budget, size + slack)!;
            budget.Used.ShouldBe(size + slack);
            for (var written = 0; written < size;)
            {
                var memory = buffer.GetMemory();
                memory.Length.ShouldBeInRange(1, (int)(buffer.Capacity - buffer.Length));
                var count = Math.Min(Math.Min(memory.Length, step), size - written);
                bytes.AsMemory(written, count).CopyTo(memory);
                buffer.Advance(count);
                written += count;
            }

            System.Buffers.BuffersExtensions.ToArray(buffer.GetBytes()).ShouldBeBytes(bytes);
            buffer.IsFull.ShouldBe(slack == 0);
            buffer.Dispose();
            buffer.Dispose();
            budget.Used.ShouldBe(0);
        },
        iter: 50);
}
