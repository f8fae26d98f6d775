namespace SkyCompat.Google;

/// <summary>What stands before a signature.</summary>
/// <param name="Url">The URL, to which the signature is appended.</param>
/// <param name="CanonicalRequest">The request in canonical form.</param>
/// <param name="StringToSign">What the key signs, as UTF-8.</param>
internal sealed record V4Unsigned(string Url, string CanonicalRequest, string StringToSign);
