using SkyCompat.Files;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Transfer.Sides;

/// <summary>The error table of local folders.</summary>
internal static class FolderErrors
{
    public static CloudException Reading(Exception exception, string path) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => new CloudException(CloudErrorCode.NotFound, "There is no such file or folder.", exception)
        {
            Reason = ObjectStorageErrorReasons.ObjectNotFound,
            Operation = "ReadFile",
            Resource = path,
        },
        UnauthorizedAccessException => new CloudException(CloudErrorCode.PermissionDenied, $"It cannot be read: {exception.Message} Run as a user who may.", exception) { Operation = "ReadFile", Resource = path },
        _ => new CloudException(CloudErrorCode.Unavailable, $"Reading failed: {exception.Message}", exception) { Operation = "ReadFile", Resource = path },
    };

    public static CloudException Writing(Exception exception, string path) => exception switch
    {
        PathTooLongException => Unfit(path, "its path is too long for this system", exception),
        _ when Directory.Exists(path) => Unfit(path, "a folder of that name is in the way", exception),
        IOException when HasFileAbove(path) => Unfit(path, "a file is where one of its folders should be", exception),
        _ => FileErrors.Map(exception, path),
    };

    public static CloudException Unfit(string path, string problem, Exception? cause = null) =>
        new(CloudErrorCode.InvalidArgument, $"The folder cannot hold it: {problem}.", cause) { Reason = ObjectStorageErrorReasons.InvalidKey, Operation = "WriteFile", Resource = path };

    private static bool HasFileAbove(string path)
    {
        for (var parent = Path.GetDirectoryName(path); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (File.Exists(parent))
            {
                return true;
            }
        }

        return false;
    }
}
