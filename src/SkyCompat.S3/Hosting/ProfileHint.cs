namespace SkyCompat.S3;

/// <summary>A hint for a profile name that is nearly right: by the names that people know the stores by, then by spelling.</summary>
internal static class ProfileHint
{
    private static readonly (string Fragment, S3Profile Profile)[] KnownAs =
    [
        ("amazon", S3Profiles.Aws), ("s3", S3Profiles.Aws), ("oss", S3Profiles.AlibabaOss), ("ali", S3Profiles.AlibabaOss), ("google", S3Profiles.GoogleXml),
        ("gcs", S3Profiles.GoogleXml), ("r2", S3Profiles.CloudflareR2), ("cloudflare", S3Profiles.CloudflareR2), ("b2", S3Profiles.BackblazeB2),
        ("backblaze", S3Profiles.BackblazeB2), ("rgw", S3Profiles.Ceph), ("ceph", S3Profiles.Ceph), ("ocean", S3Profiles.DigitalOceanSpaces), ("spaces", S3Profiles.DigitalOceanSpaces),
        ("cos", S3Profiles.TencentCos), ("tencent", S3Profiles.TencentCos), ("obs", S3Profiles.HuaweiObs), ("huawei", S3Profiles.HuaweiObs), ("oci", S3Profiles.Oracle),
        ("ibm", S3Profiles.IbmCos),
    ];

    public static string For(string name, IReadOnlyList<S3Profile> profiles)
    {
        var nearest = profiles.Select(p => p.Name).MinBy(known => Distance(name, known))!;
        if (Distance(name, nearest) <= Math.Max(2, name.Length / 3))
        {
            return $" Did you mean '{nearest}'?";
        }

        foreach (var (fragment, profile) in KnownAs)
        {
            if (name.Contains(fragment, StringComparison.OrdinalIgnoreCase))
            {
                return $" Did you mean '{profile.Name}'?";
            }
        }

        return "";
    }

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + change));
            }
        }

        return row[^1];
    }
}
