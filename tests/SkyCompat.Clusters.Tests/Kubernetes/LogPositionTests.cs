using System.Text;

namespace SkyCompat.Clusters.Tests.Kubernetes;

/// <summary>A reader that comes again goes on right where it was.</summary>
public sealed class LogPositionTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public void Lines_OfTheSameMoment_AreToldOnce()
    {
        var position = new LogPosition();
        long[] node = [1 * Second, 1 * Second, (2 * Second) + 5, (2 * Second) + 5, (2 * Second) + 5, 3 * Second];
        node.Take(4).ShouldAllBe(time => position.Accept(time));

        position.Restart();
        var again = node.Where(time => time >= position.Since!.Value.ToUnixTimeSeconds() * Second).Where(position.Accept).ToList();

        again.ShouldBe([(2 * Second) + 5, 3 * Second]);
    }

    [Fact]
    public void Lines_ThatTheNodeThrewAway_AreNotMistakenForNewOnes()
    {
        var position = new LogPosition();
        position.Accept(Second);
        position.Accept(Second + 1);

        position.Restart();

        position.Accept(Second + 7).ShouldBeTrue();
        position.Accept(Second + 8).ShouldBeTrue();
    }

    [Theory]
    [InlineData("1970-01-01T00:00:01Z", 1_000_000_000)]
    [InlineData("1970-01-01T00:00:01.5Z", 1_500_000_000)]
    [InlineData("1970-01-01T00:00:01.000000001Z", 1_000_000_001)]
    [InlineData("1970-01-01T01:00:01.12+01:00", 1_120_000_000)]
    public void Stamp_HasNanoseconds(string text, long nanoseconds) => LogReader.ParseStamp(text).ShouldBe(nanoseconds);

    [Theory]
    [InlineData("hello")]
    [InlineData("1970-01-01T00:00:01.Z")]
    [InlineData("1970-01-01T00:00:01.1234567890Z")]
    public void Text_IsNoStamp(string text) => LogReader.ParseStamp(text).ShouldBeNull();

    [Fact]
    public async Task Lines_AreCutAtTheirLimitAndKeepTheirCharacters()
    {
        var text = "1970-01-01T00:00:01Z grün\r\n1970-01-01T00:00:02Z " + new string('x', 5000) + "\nno stamp\n1970-01-01T00:00:03Z \n1970-01-01T00:00:04Z end";

        var lines = await new LogReader("p", 1024).ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        lines.Select(item => item.Line.Text).ShouldBe(["grün", new string('x', 1024), "no stamp", "", "end"]);
        lines.Select(item => item.Nanoseconds is null).ShouldBe([false, false, true, false, false]);
    }
}
