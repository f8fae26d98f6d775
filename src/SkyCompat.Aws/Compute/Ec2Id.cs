namespace SkyCompat.Aws;

/// <summary>An id as this library gives it out: EC2's own in the cloud's region, <c>region/id</c> elsewhere, as EC2's ids say nothing of their region.</summary>
/// <param name="Region">The region.</param>
/// <param name="Value">EC2's id.</param>
internal readonly record struct Ec2Id(string Region, string Value)
{
    public static Ec2Id Parse(string id, string homeRegion)
    {
        var slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new Ec2Id(homeRegion, id) : new Ec2Id(id[..slash], id[(slash + 1)..]);
    }

    public static string Format(string region, string value, string homeRegion) => region == homeRegion ? value : $"{region}/{value}";
}
