using SkyCompat.Contracts;

namespace SkyCompat.Providers.Tests.Contracts;

/// <summary>The providers' descriptions, where they are on this machine.</summary>
internal static class Specs
{
    /// <summary>Skips the test, saying why, where there are none.</summary>
    public static void Require()
    {
        if (ContractSpecs.UnavailableReason is { } reason)
        {
            Assert.Skip(reason);
        }
    }
}
