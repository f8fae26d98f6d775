using Azure.Core;

namespace SkyCompat.Compute.Tests.Azure;

/// <summary>An identity that needs no sign-in.</summary>
internal sealed class StaticToken(Func<int, string>? next = null) : TokenCredential
{
    public const string Text = "arm-test-token";

    public int Calls { get; private set; }

    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Calls++;
        Scopes.AddRange(requestContext.Scopes);
        return new AccessToken(next?.Invoke(Calls) ?? Text, TimeProvider.System.GetUtcNow().AddHours(1));
    }

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => ValueTask.FromResult(GetToken(requestContext, cancellationToken));
}
