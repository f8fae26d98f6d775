using System.Buffers.Binary;
using System.IO.Enumeration;
using System.Numerics;
using System.Runtime.InteropServices;
using SkyCompat.ObjectStorage;

namespace WriteOnce;

/// <summary>A file to take along, under its path relative to the folder.</summary>
internal sealed record SourceFile(string Path, string Name, long Size)
{
    /// <summary>Above this, SkyCompat sends a file in parts.</summary>
    public const int LargeBytes = 16 << 20;

    private static readonly string[] NotSources = ["bin", "obj", ".git", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

    public bool IsLarge => Size > LargeBytes;

    /// <summary>The files of a folder, by default of the repository that this program is run in.</summary>
    public static List<SourceFile> Find(string? folder)
    {
        string[] skipped = folder is null ? [".skycompat", .. NotSources] : [".skycompat"];
        folder ??= FindRepository() ?? throw new UsageException("There are no default files outside the SkyCompat repository; pass a folder, such as --folder ./photos.");
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"There is no folder '{folder}'; pass one that exists.");
        }

        var files = new FileSystemEnumerable<SourceFile>(
            folder,
            (ref FileSystemEntry entry) => new SourceFile(entry.ToFullPath(), System.IO.Path.GetRelativePath(folder, entry.ToFullPath()).Replace(System.IO.Path.DirectorySeparatorChar, '/'), entry.Length),
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && !skipped.Contains(entry.FileName.ToString()),
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !skipped.Contains(entry.FileName.ToString()),
        };
        return [.. files];
    }

    /// <summary>Makes a file of random bytes outside the folder.</summary>
    public static SourceFile Generate(int size)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
        var bytes = new byte[size];
        Random.Shared.NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
        return new SourceFile(path, "generated.bin", size);
    }

    /// <summary>CRC-32C, computed here and not by SkyCompat, so that each checks the other.</summary>
    public static async Task<Checksum> HashAsync(Stream stream, Meter meter, CancellationToken cancellationToken)
    {
        var buffer = new byte[256 * 1024];
        var crc = uint.MaxValue;
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0; meter.AddBytes(read))
        {
            crc = Append(crc, buffer.AsSpan(0, read));
        }

        var value = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(value, ~crc);
        return new Checksum(ChecksumAlgorithm.Crc32C, value);
    }

    /// <summary>Some bytes of the file.</summary>
    public byte[] Read(long offset, int count)
    {
        using var handle = File.OpenHandle(Path);
        var bytes = new byte[count];
        return bytes[..RandomAccess.Read(handle, bytes, offset)];
    }

    public void Delete() => File.Delete(Path);

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in bytes[(words.Length * sizeof(ulong))..])
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return crc;
    }

    private static string? FindRepository()
    {
        var folder = Directory.GetCurrentDirectory();
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "SkyCompat.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
