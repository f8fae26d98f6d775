using System.Security.Cryptography;
using System.Text;

namespace SkyCompat.Azure;

/// <summary>The stand-in for the owner's tag in the names of interfaces and addresses that a launch makes: the document that makes a machine has no tags for them.</summary>
internal static class OwnerMark
{
    private const int Digits = 8;

    /// <summary>The mark of an owner, such as <c>-sky1a2b3c4d</c>.</summary>
    public static string Of(string owner) => $"-sky{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)))[..Digits]}";
}
