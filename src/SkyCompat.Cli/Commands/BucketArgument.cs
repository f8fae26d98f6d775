namespace SkyCompat.Cli.Commands;

/// <summary>Checks that a name stands for a whole bucket.</summary>
internal static class BucketArgument
{
    /// <summary>The bucket's name at the provider.</summary>
    public static string Require(Place place)
    {
        var bucket = place.RequireBucket();
        return place.Path.Length == 0 ? bucket.Name : throw new UsageException($"'{place}' names an object or folder; this command takes a bucket: {place.NameOf("").TrimEnd('/')}.");
    }
}
