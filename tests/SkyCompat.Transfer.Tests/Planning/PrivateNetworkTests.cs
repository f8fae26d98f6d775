using SkyCompat.Transfer.Planning;

namespace SkyCompat.Transfer.Tests.Planning;

public sealed class PrivateNetworkTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("minio", true)]
    [InlineData("s3.amazonaws.com", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("192.168.0.1", true)]
    [InlineData("169.254.1.1", true)]
    [InlineData("203.0.113.5", false)]
    [InlineData("::1", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("::ffff:10.0.0.1", true)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2001:db8::a00:1", false)]
    public void Holds_Host_IsToldByNameOrAddress(string host, bool isPrivate) => PrivateNetwork.Holds(host).ShouldBe(isPrivate);
}
