using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SkyCompat.Local;

/// <summary>Some bytes of a body file. A file that was removed meanwhile stays readable through its handle.</summary>
internal sealed class FileBodyStream(SafeFileHandle handle, string key, long offset, long length) : ForwardStream
{
    private long _offset = offset;
    private long _left = length;

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, _left);
        if (wanted == 0)
        {
            return 0;
        }

        int read;
        try
        {
            read = RandomAccess.Read(handle, buffer[..wanted], _offset);
        }
        catch (IOException exception)
        {
            throw FileErrors.Map(exception, key);
        }

        if (read == 0)
        {
            throw StorageErrors.BodyDamaged(key, string.Create(CultureInfo.InvariantCulture, $"its file ends {_left} bytes early"));
        }

        _offset += read;
        _left -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            handle.Dispose();
        }

        base.Dispose(disposing);
    }
}
