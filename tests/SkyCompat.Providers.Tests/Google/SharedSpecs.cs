namespace SkyCompat.Providers.Tests.Google;

/// <summary>Google's published descriptions and vectors, which lie beside the repository where the contract tests look for them too.</summary>
internal static class SharedSpecs
{
    /// <summary>A file of them; the test is skipped loudly where they are not.</summary>
    public static string Require(string name)
    {
        var places = new List<string>();
        if (Environment.GetEnvironmentVariable("SKYCOMPAT_SPECS") is { Length: > 0 } named)
        {
            places.Add(Path.Combine(named, "google", name));
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            places.Add(Path.Combine(folder.FullName, "shared", "specs", "google", name));
        }

        if (places.Find(File.Exists) is { } found)
        {
            return found;
        }

        Assert.Skip($"{name} is not here: put the specs into ../shared/specs, or name their folder in SKYCOMPAT_SPECS.");
        return "";
    }
}
