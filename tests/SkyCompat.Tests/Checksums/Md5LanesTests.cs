using CsCheck;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class Md5LanesTests
{
    private const int Block = 64;

    /// <summary>Lanes of some blocks and a rest, so that every length of the padding comes up.</summary>
    private static readonly Gen<byte[][]> Runs = Gen.Select(Gen.Int[0, 40], Gen.Int[0, Block - 1], Gen.Int[0, 255], static (blocks, rest, seed) => Bytes((blocks * Block) + rest, seed)).Array[1, 20];

    [Fact]
    public void GetChecksum_LanesAppendedInTurns_IsTheMd5OfEach() => Gen.Select(Runs, Gen.Int[1, 7]).Sample((runs, blocks) =>
    {
        var lanes = new Md5Lanes();
        var begun = Array.ConvertAll(runs, _ => lanes.Begin());
        var pieces = Array.ConvertAll(runs, run => run.Chunk(blocks * Block).ToArray());
        for (var turn = 0; turn < pieces.Max(static piece => piece.Length); turn++)
        {
            for (var i = 0; i < runs.Length; i++)
            {
                if (turn < pieces[i].Length)
                {
                    begun[i].Append(pieces[i][turn]);
                }
            }
        }

        return runs.Zip(begun).All(static pair => pair.Second.GetChecksum().Equals(ChecksumHasher.Compute(ChecksumAlgorithm.Md5, pair.First)));
    });

    [Fact]
    public void GetChecksum_OthersHaveBytes_TakesThemAlong()
    {
        Assert.SkipUnless(Md5Kernel.IsSupported, "This processor computes each for itself.");
        var lanes = new Md5Lanes();
        Md5Lane[] begun = [.. Enumerable.Range(0, 4).Select(_ => lanes.Begin())];
        Array.ForEach(begun, static lane => lane.Append(Bytes(3 * Block, 1)));
        begun[3].GetChecksum();
        begun.Select(static lane => lane.IsStarted).ShouldBe([true, true, true, true]);
    }

    [Fact]
    public void Dispose_LaneWithBytesLeft_IsNotReadAfter()
    {
        var lanes = new Md5Lanes();
        Md5Lane[] begun = [.. Enumerable.Range(0, 5).Select(_ => lanes.Begin())];
        Array.ForEach(begun, static lane => lane.Append(Bytes(Block, 1)));
        begun[0].Dispose();
        begun[1].GetChecksum();
        begun[0].IsStarted.ShouldBeFalse();
    }

    [Fact]
    public void Append_AfterAPartialBlock_Throws()
    {
        using var lane = new Md5Lanes().Begin();
        lane.Append(new byte[Block + 1]);
        Should.Throw<InvalidOperationException>(() => lane.Append(new byte[1]));
    }

    [Fact]
    public async Task GetChecksum_ManyThreads_IsTheMd5OfEach()
    {
        var lanes = new Md5Lanes();
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = TestContext.Current.CancellationToken }, async (number, _) =>
        {
            var bytes = Bytes((number * 997 % 20_000) + number, number);
            using var lane = lanes.Begin();
            foreach (var piece in bytes.Chunk(((number % 50) + 1) * Block))
            {
                lane.Append(piece);
                await Task.Yield();
            }

            if (number % 7 != 0)
            {
                lane.GetChecksum().ShouldBe(ChecksumHasher.Compute(ChecksumAlgorithm.Md5, bytes));
            }
        });
    }

    private static byte[] Bytes(int count, int seed)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
