using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Words = System.Runtime.Intrinsics.Vector256<uint>;

namespace SkyCompat.ObjectStorage;

/// <summary>The rounds of MD5 (RFC 1321, section 3.4) over eight runs of bytes at once, each in a lane of the vectors. Every step waits for the one before, so one run leaves most of a processor idle:
/// eight take hardly twice the time of one.</summary>
internal static class Md5Kernel
{
    public const int Lanes = 8;
    public const int BlockBytes = 64;

    private const int WordsOfBlock = 16;

    /// <summary>What RFC 1321 calls T: the integer part of 2³² · |sin(i)|.</summary>
    private static readonly uint[] Sines = [.. Enumerable.Range(1, BlockBytes).Select(static i => (uint)Math.Abs(Math.Sin(i) * 4_294_967_296.0))];

    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Goes on with the states of all lanes.</summary>
    /// <param name="states">Four rows, A to D, of one word for each lane.</param>
    /// <param name="runs">What each lane goes over; at least <paramref name="length"/> bytes each.</param>
    /// <param name="length">How many bytes: whole blocks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Append(Span<uint> states, ReadOnlySpan<ReadOnlyMemory<byte>> runs, int length)
    {
        ReadOnlySpan<byte> r0 = runs[0].Span, r1 = runs[1].Span, r2 = runs[2].Span, r3 = runs[3].Span, r4 = runs[4].Span, r5 = runs[5].Span, r6 = runs[6].Span, r7 = runs[7].Span;
        Span<Words> words = stackalloc Words[WordsOfBlock];
        ref var w = ref MemoryMarshal.GetReference(words);
        var t = Sines.AsSpan(0, BlockBytes);
        var (a, b, c, d) = (Vector256.Create(states), Vector256.Create(states[Lanes..]), Vector256.Create(states[(2 * Lanes)..]), Vector256.Create(states[(3 * Lanes)..]));
        for (var offset = 0; offset < length; offset += BlockBytes)
        {
            Gather(r0, r1, r2, r3, r4, r5, r6, r7, offset, words[..8]);
            Gather(r0, r1, r2, r3, r4, r5, r6, r7, offset + (BlockBytes / 2), words[8..]);
            var (a0, b0, c0, d0) = (a, b, c, d);
            for (var i = 0; i < 16; i += 4)
            {
                a = Step(a, b, d ^ (b & (c ^ d)), ref w, i, t[i], 7);
                d = Step(d, a, c ^ (a & (b ^ c)), ref w, i + 1, t[i + 1], 12);
                c = Step(c, d, b ^ (d & (a ^ b)), ref w, i + 2, t[i + 2], 17);
                b = Step(b, c, a ^ (c & (d ^ a)), ref w, i + 3, t[i + 3], 22);
            }

            for (var i = 16; i < 32; i += 4)
            {
                a = Step(a, b, c ^ (d & (b ^ c)), ref w, (5 * i) + 1, t[i], 5);
                d = Step(d, a, b ^ (c & (a ^ b)), ref w, (5 * i) + 6, t[i + 1], 9);
                c = Step(c, d, a ^ (b & (d ^ a)), ref w, (5 * i) + 11, t[i + 2], 14);
                b = Step(b, c, d ^ (a & (c ^ d)), ref w, 5 * i, t[i + 3], 20);
            }

            for (var i = 32; i < 48; i += 4)
            {
                a = Step(a, b, b ^ (c ^ d), ref w, (3 * i) + 5, t[i], 4);
                d = Step(d, a, a ^ (b ^ c), ref w, (3 * i) + 8, t[i + 1], 11);
                c = Step(c, d, d ^ (a ^ b), ref w, (3 * i) + 11, t[i + 2], 16);
                b = Step(b, c, c ^ (d ^ a), ref w, (3 * i) + 14, t[i + 3], 23);
            }

            for (var i = 48; i < 64; i += 4)
            {
                a = Step(a, b, c ^ (b | ~d), ref w, 7 * i, t[i], 6);
                d = Step(d, a, b ^ (a | ~c), ref w, (7 * i) + 7, t[i + 1], 10);
                c = Step(c, d, a ^ (d | ~b), ref w, (7 * i) + 14, t[i + 2], 15);
                b = Step(b, c, d ^ (c | ~a), ref w, (7 * i) + 21, t[i + 3], 21);
            }

            (a, b, c, d) = (a + a0, b + b0, c + c0, d + d0);
        }

        a.CopyTo(states);
        b.CopyTo(states[Lanes..]);
        c.CopyTo(states[(2 * Lanes)..]);
        d.CopyTo(states[(3 * Lanes)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Words Step(Words a, Words b, Words mixed, ref Words words, int word, uint sine, [ConstantExpected] int shift)
    {
        var sum = a + (Unsafe.Add(ref words, word & (WordsOfBlock - 1)) + Vector256.Create(sine)) + mixed;
        return b + ((sum << shift) | (sum >>> (32 - shift)));
    }

    /// <summary>The next eight words of each run, turned: vector i gets word i of all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Gather(
        ReadOnlySpan<byte> r0, ReadOnlySpan<byte> r1, ReadOnlySpan<byte> r2, ReadOnlySpan<byte> r3, ReadOnlySpan<byte> r4, ReadOnlySpan<byte> r5, ReadOnlySpan<byte> r6, ReadOnlySpan<byte> r7,
        int offset, Span<Words> words)
    {
        var (v0, v1, v2, v3) = (Load(r0, offset), Load(r1, offset), Load(r2, offset), Load(r3, offset));
        var (v4, v5, v6, v7) = (Load(r4, offset), Load(r5, offset), Load(r6, offset), Load(r7, offset));
        var (p0, p1, p2, p3) = (Avx2.UnpackLow(v0, v1), Avx2.UnpackHigh(v0, v1), Avx2.UnpackLow(v2, v3), Avx2.UnpackHigh(v2, v3));
        var (p4, p5, p6, p7) = (Avx2.UnpackLow(v4, v5), Avx2.UnpackHigh(v4, v5), Avx2.UnpackLow(v6, v7), Avx2.UnpackHigh(v6, v7));
        var (q0, q1, q2, q3) = (PairsLow(p0, p2), PairsHigh(p0, p2), PairsLow(p1, p3), PairsHigh(p1, p3));
        var (q4, q5, q6, q7) = (PairsLow(p4, p6), PairsHigh(p4, p6), PairsLow(p5, p7), PairsHigh(p5, p7));
        words[7] = Avx2.Permute2x128(q3, q7, 0x31);
        words[6] = Avx2.Permute2x128(q2, q6, 0x31);
        words[5] = Avx2.Permute2x128(q1, q5, 0x31);
        words[4] = Avx2.Permute2x128(q0, q4, 0x31);
        words[3] = Avx2.Permute2x128(q3, q7, 0x20);
        words[2] = Avx2.Permute2x128(q2, q6, 0x20);
        words[1] = Avx2.Permute2x128(q1, q5, 0x20);
        words[0] = Avx2.Permute2x128(q0, q4, 0x20);

        static Words Load(ReadOnlySpan<byte> run, int offset) => Vector256.Create(run.Slice(offset, BlockBytes / 2)).AsUInt32();

        static Words PairsLow(Words x, Words y) => Avx2.UnpackLow(x.AsUInt64(), y.AsUInt64()).AsUInt32();

        static Words PairsHigh(Words x, Words y) => Avx2.UnpackHigh(x.AsUInt64(), y.AsUInt64()).AsUInt32();
    }
}
