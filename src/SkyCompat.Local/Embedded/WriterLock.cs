using System.Globalization;
using System.Security.Cryptography;

namespace SkyCompat.Local;

/// <summary>
/// A locked file that says "this writer is alive". Its number is in the name of every body file that the writer makes, so that after a crash, which frees the lock
/// but leaves the file, another process knows which bodies may be orphans; those of living writers are never touched.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private readonly FileStream _file;

    private WriterLock(FileStream file, uint number)
    {
        _file = file;
        Number = number;
    }

    /// <summary>The writer's number, random.</summary>
    public uint Number { get; }

    /// <summary>Whether bodies may have been left that only a sweep can tell from live ones; the file then stays when the lock ends.</summary>
    public bool NeedsSweep { get; set; }

    public static WriterLock Acquire(string directory)
    {
        while (true)
        {
            var number = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint))) & int.MaxValue;
            var path = Path.Combine(directory, number.ToString("x8", CultureInfo.InvariantCulture));
            try
            {
                return new WriterLock(new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0), number);
            }
            catch (IOException) when (File.Exists(path))
            {
                // The number is taken, or a sweeper was looking at the new file: take another.
            }
        }
    }

    /// <summary>The writers that ended without saying so; each lock is held until it is disposed, which takes the writer off the list.</summary>
    public static IEnumerable<WriterLock> FindDead(string directory)
    {
        foreach (var path in Directory.EnumerateFiles(directory))
        {
            if (uint.TryParse(Path.GetFileName(path), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && TryTake(path) is { } file)
            {
                yield return new WriterLock(file, number);
            }
        }
    }

    public void Dispose()
    {
        if (!NeedsSweep)
        {
            File.Delete(_file.Name);
        }

        _file.Dispose();
    }

    private static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException)
        {
            // Alive, or swept by another process meanwhile.
            return null;
        }
    }
}
