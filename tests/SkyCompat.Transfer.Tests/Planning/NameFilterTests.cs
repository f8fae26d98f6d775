using SkyCompat.Transfer.Planning;

namespace SkyCompat.Transfer.Tests.Planning;

public sealed class NameFilterTests
{
    [Theory]
    [InlineData("*.jpg", "a.jpg", true)]
    [InlineData("*.jpg", "deep/in/a.jpg", true)]
    [InlineData("*.jpg", "a.jpg.txt", false)]
    [InlineData("photos/*.jpg", "photos/a.jpg", true)]
    [InlineData("photos/*.jpg", "photos/2024/a.jpg", false)]
    [InlineData("photos/**/*.jpg", "photos/2024/07/a.jpg", true)]
    [InlineData("photos/**/*.jpg", "photos/a.jpg", true)]
    [InlineData("photos/**", "photos/2024/07/a.jpg", true)]
    [InlineData("photos/**", "photographs/a.jpg", false)]
    [InlineData("?.txt", "a.txt", true)]
    [InlineData("?.txt", "ab.txt", false)]
    [InlineData("[a-c].txt", "b.txt", true)]
    [InlineData("[!a-c].txt", "b.txt", false)]
    [InlineData("[!a-c].txt", "x.txt", true)]
    [InlineData("[]x].txt", "].txt", true)]
    [InlineData("{a,b*}.txt", "bcd.txt", true)]
    [InlineData("{a,b*}.txt", "c.txt", false)]
    [InlineData("a\\*b", "a*b", true)]
    [InlineData("a\\*b", "axb", false)]
    [InlineData("a+(b).txt", "a+(b).txt", true)]
    [InlineData("über*", "über-uns", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("*", "line\nbreak", true)]
    public void Include_Pattern_MatchesAsDocumented(string pattern, string name, bool expected)
    {
        new NameFilter(new TransferFilter { Include = [pattern] }).MatchesName(name).ShouldBe(expected);
        new NameFilter(new TransferFilter { Exclude = [pattern] }).MatchesName(name).ShouldBe(!expected);
    }

    [Fact]
    public void Matches_SizeAndAge_AreBoundedOnBothSides()
    {
        var day = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero);
        var filter = new NameFilter(new TransferFilter { MinBytes = 10, MaxBytes = 20, ModifiedSince = day, ModifiedBefore = day.AddDays(1) });
        filter.Matches("a", 10, day).ShouldBeTrue();
        filter.Matches("a", 20, day.AddHours(23)).ShouldBeTrue();
        filter.Matches("a", 9, day).ShouldBeFalse();
        filter.Matches("a", 21, day).ShouldBeFalse();
        filter.Matches("a", 15, day.AddTicks(-1)).ShouldBeFalse();
        filter.Matches("a", 15, day.AddDays(1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("[abc")]
    [InlineData("{a,b")]
    [InlineData("a\\")]
    public void Constructor_BrokenPattern_NamesIt(string pattern) =>
        Should.Throw<CloudException>(() => new NameFilter(new TransferFilter { Include = [pattern] })).Message.ShouldContain(pattern);

    [Fact]
    public void Constructor_ContradictoryBounds_Fails()
    {
        Should.Throw<CloudException>(() => new NameFilter(new TransferFilter { MinBytes = 2, MaxBytes = 1 })).Code.ShouldBe(CloudErrorCode.InvalidArgument);
        Should.Throw<CloudException>(() => new NameFilter(new TransferFilter { MinBytes = -1 })).Code.ShouldBe(CloudErrorCode.InvalidArgument);
        var now = DateTimeOffset.UnixEpoch;
        Should.Throw<CloudException>(() => new NameFilter(new TransferFilter { ModifiedSince = now, ModifiedBefore = now })).Code.ShouldBe(CloudErrorCode.InvalidArgument);
    }
}
