using SkyCompat.ObjectStorage;

namespace SkyCompat.Files;

/// <summary>The error table of the file system: what the operating system says to neutral errors.</summary>
internal static class FileErrors
{
    private const int Win32Facility = unchecked((int)0x80070000);

    public static CloudException StorageFull(string path, Exception? cause, string detail) =>
        new(CloudErrorCode.QuotaExceeded, $"There is no room left for '{path}': {detail}. Free some space, raise the limit, or use another place. Nothing was stored.", cause)
        {
            Reason = ObjectStorageErrorReasons.StorageFull,
        };

    public static CloudException ReadOnly(string path, Exception? cause, string detail) =>
        new(CloudErrorCode.PermissionDenied, $"'{path}' cannot be written: {detail}. Make it writable for this user, or use another place.", cause)
        {
            Reason = ObjectStorageErrorReasons.ReadOnly,
        };

    /// <summary>Maps an exception of the file API.</summary>
    public static CloudException Map(Exception exception, string path) => exception switch
    {
        UnauthorizedAccessException => ReadOnly(path, exception, exception.Message),
        _ => Map(exception.HResult, path, exception, exception.Message)
            ?? new CloudException(CloudErrorCode.Unavailable, $"Reading or writing '{path}' failed: {exception.Message}", exception),
    };

    /// <summary>Maps an error number (Unix: errno; Windows: the HRESULT of a Win32 error, or the error itself).</summary>
    /// <returns>The error; null if the number says nothing more exact than "failed".</returns>
    public static CloudException? Map(int error, string path, Exception? cause, string detail)
    {
        if (OperatingSystem.IsWindows())
        {
            return (error & ~Win32Facility) switch
            {
                112 or 39 or 1295 => StorageFull(path, cause, detail), // ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED
                19 or 5 => ReadOnly(path, cause, detail), // ERROR_WRITE_PROTECT, ERROR_ACCESS_DENIED
                _ => null,
            };
        }

        const int QuotaOfMac = 69;
        const int QuotaOfLinux = 122;
        return error switch
        {
            28 or 27 => StorageFull(path, cause, detail), // ENOSPC, EFBIG
            QuotaOfMac or QuotaOfLinux when error == (OperatingSystem.IsMacOS() ? QuotaOfMac : QuotaOfLinux) => StorageFull(path, cause, detail), // EDQUOT
            30 or 13 or 1 => ReadOnly(path, cause, detail), // EROFS, EACCES, EPERM
            _ => null,
        };
    }
}
