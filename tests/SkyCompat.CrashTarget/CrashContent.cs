using System.Buffers.Binary;

namespace SkyCompat.CrashTarget;

/// <summary>What the killed process writes, so that the test can tell each revision of each key from any mixture.</summary>
public static class CrashContent
{
    public const string Bucket = "crash";
    public const string Counter = "counter";

    /// <summary>Small and large bodies in turn: in the index, and in files.</summary>
    public static byte[] Of(string key, int revision)
    {
        ArgumentNullException.ThrowIfNull(key);
        var bytes = new byte[8 + (revision % 3 == 0 ? 200_000 : 1_000) + revision];
        new Random(HashOf(key) + revision).NextBytes(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, revision);
        return bytes;
    }

    public static int RevisionOf(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt32LittleEndian(bytes);

    // string.GetHashCode differs from process to process.
    private static int HashOf(string key) => key.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}
