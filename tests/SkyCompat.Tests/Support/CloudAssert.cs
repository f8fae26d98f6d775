namespace SkyCompat.Tests;

/// <summary>Asserts what every error must say.</summary>
internal static class CloudAssert
{
    public static async Task<CloudException> FailsAsync(Func<Task> action, CloudErrorCode code, string? reason = null)
    {
        var error = await Should.ThrowAsync<CloudException>(action);
        error.Code.ShouldBe(code, error.ToString());
        error.Reason.ShouldBe(reason, error.ToString());
        return error;
    }

    /// <summary>Equal, without a message of a million numbers when not.</summary>
    public static void ShouldBeBytes(this byte[] actual, byte[] expected)
    {
        actual.Length.ShouldBe(expected.Length);
        actual.AsSpan().CommonPrefixLength(expected).ShouldBe(expected.Length);
    }

    /// <summary>The store holds no unfinished upload, and no buffer is reserved.</summary>
    public static void ShouldHoldNothing(this Engine engine)
    {
        engine.Driver.Uploads.ShouldBeEmpty();
        engine.Budget.Used.ShouldBe(0);
    }
}
