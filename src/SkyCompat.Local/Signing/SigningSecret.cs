using System.Globalization;
using System.Security.Cryptography;

namespace SkyCompat.Local;

/// <summary>The secret that signs requests: random, made once for a root and kept there for its owner only, so that signed URLs outlive the process.</summary>
internal static class SigningSecret
{
    private const string FileName = "signing.key";
    private const int Bytes = 32;

    public static byte[] ReadOrCreate(string root)
    {
        var path = Path.Combine(root, FileName);
        try
        {
            if (!File.Exists(path))
            {
                Create(root, path);
            }

            var secret = File.ReadAllBytes(path);
            return secret.Length == Bytes
                ? secret
                : throw new CloudException(CloudErrorCode.DataCorrupted, $"The signing key '{path}' is damaged; delete it to make a new one, which ends all signed URLs.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Map(exception, path);
        }
    }

    private static void Create(string root, string path)
    {
        var draft = string.Create(CultureInfo.InvariantCulture, $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var file = new FileStream(draft, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(Bytes));
                file.Flush(flushToDisk: true);
            }

            ExclusiveMove.Run(draft, path);
            DirectorySync.Flush(root);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another was first; its key is the store's.
            File.Delete(draft);
        }
    }
}
