using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SkyCompat.Local;

/// <summary>The folder that a virtual machine sees as a drive of the label <c>cidata</c>: cloud-init's data source NoCloud.</summary>
internal static class VirtualSeed
{
    /// <summary>The folder's name.</summary>
    public const string FolderName = "seed";

    /// <summary>Writes it, readable by this user only.</summary>
    public static void Write(MachineFolder folder, string name, string? userData, string? sshPublicKey)
    {
        var path = Path.Combine(folder.FullPath, FolderName);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        // Both names must be there, or cloud-init looks elsewhere.
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        File.WriteAllText(Path.Combine(path, "user-data"), userData ?? "#cloud-config\n", encoding);
        File.WriteAllText(Path.Combine(path, "meta-data"), MetaData(name, sshPublicKey), encoding);
    }

    /// <summary>YAML, in which JSON's strings are strings.</summary>
    private static string MetaData(string name, string? sshPublicKey)
    {
        var keys = sshPublicKey is null ? "" : $"public-keys:\n  - \"{JsonEncodedText.Encode(sshPublicKey.Trim(), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"\n";
        return $"instance-id: {name}\nlocal-hostname: {name}\n{keys}";
    }
}
