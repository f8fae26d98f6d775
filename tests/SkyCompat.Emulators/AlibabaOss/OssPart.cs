namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>A part of an upload.</summary>
/// <param name="Body">Its bytes.</param>
/// <param name="Md5">Their MD5, of which the object's tag is made.</param>
/// <param name="LastModified">When it came.</param>
internal sealed record OssPart(OssBody Body, byte[] Md5, DateTimeOffset LastModified)
{
    public string Tag { get; } = Convert.ToHexString(Md5);
}
