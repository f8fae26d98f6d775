namespace SkyCompat.Providers.Tests.Azure;

/// <summary>Azurite, as tests/servers/azurite.sh starts it.</summary>
internal static class Azurite
{
    public const string AccountName = "devstoreaccount1";

    /// <summary>Published by Microsoft for the emulator.</summary>
    public const string AccountKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static Uri Endpoint { get; } = new("http://127.0.0.1:10000/devstoreaccount1");

    /// <summary>The one that takes Entra ID tokens.</summary>
    public static Uri SecureEndpoint { get; } = new("https://127.0.0.1:10001/devstoreaccount1");

    /// <summary>Takes the certificate that the script made for itself, on loopback only.</summary>
    public static SocketsHttpHandler CreateTrustingHandler() => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost" },
    };

    /// <summary>Skips the test loudly if Azurite is not up; in CI that is a failure.</summary>
    public static async Task RequireAsync()
    {
        if (await UnavailableReasonAsync(TestContext.Current.CancellationToken) is { } reason)
        {
            (Environment.GetEnvironmentVariable("CI") == "true").ShouldBeFalse(reason);
            Assert.Skip(reason);
        }
    }

    public static async Task<string?> UnavailableReasonAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new HttpClient();
            using var reply = await client.GetAsync(Endpoint, cancellationToken);
            return null;
        }
        catch (HttpRequestException exception)
        {
            return $"Azurite is not there ({exception.Message}); start it with tests/servers/up.sh azurite.";
        }
    }
}
