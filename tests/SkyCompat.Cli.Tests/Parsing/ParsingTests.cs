using SkyCompat.Cli.Parsing;
using SkyCompat.Transfer;

namespace SkyCompat.Cli.Tests.Parsing;

public sealed class ParsingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("512", 512)]
    [InlineData("512B", 512)]
    [InlineData("16KiB", 16_384)]
    [InlineData("16 KiB", 16_384)]
    [InlineData("16K", 16_384)]
    [InlineData("16KB", 16_000)]
    [InlineData("1.5GB", 1_500_000_000)]
    [InlineData("1.5gib", 1_610_612_736)]
    [InlineData("2T", 2_199_023_255_552)]
    public void Size_Text_IsBytes(string text, long bytes) => ByteSize.Parse(text).ShouldBe(bytes);

    [Theory]
    [InlineData("")]
    [InlineData("KiB")]
    [InlineData("-1")]
    [InlineData("1.2.3")]
    [InlineData("1XB")]
    [InlineData("1KBB")]
    [InlineData("1iB")]
    [InlineData("999999999999E")]
    public void Size_WrongText_SaysWhatToWrite(string text) => Should.Throw<UsageException>(() => ByteSize.Parse(text)).Message.ShouldContain("is not a size");

    [Theory]
    [InlineData("10MB/s", 10_000_000)]
    [InlineData("10MiB", 10_485_760)]
    public void Rate_Text_IsBytesPerSecond(string text, long bytes) => ByteSize.ParseRate(text).ShouldBe(bytes);

    [Fact]
    public void Rate_Nothing_IsRefused() => Should.Throw<UsageException>(() => ByteSize.ParseRate("0/s"));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1,023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1_610_612_736, "1.5 GiB")]
    public void Size_Bytes_AreShort(long bytes, string text) => ByteSize.Format(bytes).ShouldBe(text);

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("15m", 900)]
    [InlineData("1h30m", 5_400)]
    [InlineData("1.5h", 5_400)]
    [InlineData("7d", 604_800)]
    [InlineData("2W", 1_209_600)]
    public void Duration_Text_IsSeconds(string text, int seconds) => Age.ParseDuration(text).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("d")]
    [InlineData("7x")]
    [InlineData("-1d")]
    [InlineData("999999999999w")]
    public void Duration_WrongText_SaysWhatToWrite(string text) => Should.Throw<UsageException>(() => Age.ParseDuration(text)).Message.ShouldContain("is not a duration");

    [Theory]
    [InlineData("1h", "2026-11-23T11:00:00Z")]
    [InlineData("7d", "2026-11-16T12:00:00Z")]
    [InlineData("2026-11-01", "2026-11-01T00:00:00Z")]
    [InlineData("2026-11-01T10:00", "2026-11-01T10:00:00Z")]
    [InlineData("2026-11-01T10:00Z", "2026-11-01T10:00:00Z")]
    [InlineData("2026-11-01T10:00:30+02:00", "2026-11-01T08:00:30Z")]
    [InlineData("2026-11-01 10:00", "2026-11-01T10:00:00Z")]
    public void Instant_Text_IsUtc(string text, string instant) => Age.ParseInstant(text, Now).ShouldBe(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    [InlineData("11/01/2026")]
    public void Instant_WrongText_SaysWhatToWrite(string text) => Should.Throw<UsageException>(() => Age.ParseInstant(text, Now)).Message.ShouldContain("neither an age nor a date");

    [Theory]
    [InlineData("0-99", "bytes=0-99")]
    [InlineData("100-", "bytes=100-")]
    [InlineData("-50", "bytes=-50")]
    public void Range_Text_IsARange(string text, string range) => RangeText.Parse(text).ToString().ShouldBe(range);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("9-0")]
    [InlineData("a-b")]
    [InlineData("1-2-3")]
    public void Range_WrongText_SaysWhatToWrite(string text) => Should.Throw<UsageException>(() => RangeText.Parse(text)).Message.ShouldContain("is not a range");

    [Fact]
    public void Choice_Words_AreReadBack()
    {
        Choice.Words<TransferComparison>().ShouldBe(["size-and-time", "size", "content"]);
        Choice.Parse<TransferComparison>("size-and-time").ShouldBe(TransferComparison.SizeAndTime);
        Choice.Name(TransferRoute.ServerSideCopy).ShouldBe("serverSideCopy");
    }

    [Fact]
    public void Control_Characters_AreShownAsCodes() => SkyCompat.Cli.Terminal.Printable.Text("a\u001b[31mb\nc\u009bd").ShouldBe(@"a\x1b[31mb\x0ac\x9bd");
}
