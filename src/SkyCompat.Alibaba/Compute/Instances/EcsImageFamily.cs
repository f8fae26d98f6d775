namespace SkyCompat.Alibaba;

/// <summary>How the images of a neutral family are known.</summary>
/// <param name="Stem">What the names of its images start with, before the architecture or point release.</param>
/// <param name="HasFamily">Whether <c>acs:&lt;stem&gt;_&lt;architecture&gt;</c> is a family of ECS's own.</param>
internal sealed record EcsImageFamily(string Stem, bool HasFamily);
