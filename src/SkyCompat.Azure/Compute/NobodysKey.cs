using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Azure;

/// <summary>
/// The public key of instances that let nobody in. Azure makes no Linux machine without a key or password, and a random one would make a repeated request another one.
/// This key is a hash of a known text, so nobody can have the private half.
/// </summary>
internal static class NobodysKey
{
    private const string Type = "ssh-ed25519";

    public static string Line { get; } = $"{Type} {Convert.ToBase64String(Create())} nobody";

    private static byte[] Create()
    {
        var name = Encoding.ASCII.GetBytes(Type);
        var key = SHA256.HashData("SkyCompat: nobody has the private half of this key"u8);
        var blob = new byte[sizeof(int) + name.Length + sizeof(int) + key.Length];
        BinaryPrimitives.WriteInt32BigEndian(blob, name.Length);
        name.CopyTo(blob, sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(blob.AsSpan(sizeof(int) + name.Length), key.Length);
        key.CopyTo(blob, blob.Length - key.Length);
        return blob;
    }
}
