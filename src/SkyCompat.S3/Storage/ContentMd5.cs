using System.Security.Cryptography;

namespace SkyCompat.S3;

/// <summary>The Content-MD5 header, which older stores check a body with and DeleteObjects demands everywhere. A check of transport, not of security.</summary>
internal static class ContentMd5
{
#pragma warning disable RS0030 // S3's protocol names MD5; nothing rests on it but the detection of broken bytes.
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(MD5.HashData(bytes));
#pragma warning restore RS0030
}
