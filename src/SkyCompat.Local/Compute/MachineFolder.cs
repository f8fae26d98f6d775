using System.Text.Json;

namespace SkyCompat.Local;

/// <summary>The folder of one machine: what is kept of it, its user data, its console and its working folder.</summary>
internal sealed class MachineFolder(string path)
{
    private string RecordPath => Path.Combine(FullPath, "instance.json");

    public string FullPath { get; } = path;

    public string Name => Path.GetFileName(FullPath);

    /// <summary>Where its processes work.</summary>
    public string WorkPath => Path.Combine(FullPath, "work");

    /// <summary>What it runs.</summary>
    public string UserDataPath => Path.Combine(FullPath, "user-data");

    /// <summary>What it wrote.</summary>
    public string ConsolePath => Path.Combine(FullPath, "console.log");

    /// <summary>Keeps other processes from changing the machine until it is disposed.</summary>
    /// <exception cref="CloudException">Conflict, transient: another process is changing it.</exception>
    public static FileStream Lock(string root, string name)
    {
        var locks = Directory.CreateDirectory(Path.Combine(root, "locks")).FullName;
        try
        {
            // Never deleted: a lock on a file that another process has deleted would exclude nobody.
            return new FileStream(Path.Combine(locks, name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new CloudException(CloudErrorCode.Conflict, $"Another process is changing instance '{name}'.", exception) { IsTransient = true };
        }
    }

    /// <summary>What is kept; null if there is nothing, or only the beginning of a launch.</summary>
    public LocalMachine? Load()
    {
        try
        {
            using var file = File.OpenRead(RecordPath);
            return JsonSerializer.Deserialize(file, LocalComputeJson.Default.LocalMachine);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException exception)
        {
            throw new CloudException(CloudErrorCode.DataCorrupted, $"'{RecordPath}' is damaged: {exception.Message} End its processes and delete the folder.", exception);
        }
    }

    /// <summary>Keeps the machine: wholly or not at all.</summary>
    public void Save(LocalMachine machine)
    {
        Directory.CreateDirectory(WorkPath);
        var next = RecordPath + ".new";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, machine, LocalComputeJson.Default.LocalMachine);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, RecordPath, overwrite: true);
        DirectorySync.Flush(FullPath);
    }

    /// <summary>Writes what it is to run, readable by this user only.</summary>
    public void SaveUserData(string text)
    {
        Directory.CreateDirectory(FullPath);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        using var writer = new StreamWriter(UserDataPath, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false), options);
        writer.Write(text);
    }

    /// <summary>Deletes everything; what is kept goes first, so that a half deleted machine is no machine.</summary>
    public void Delete()
    {
        if (Directory.Exists(FullPath))
        {
            File.Delete(RecordPath);
            Directory.Delete(FullPath, recursive: true);
        }
    }
}
