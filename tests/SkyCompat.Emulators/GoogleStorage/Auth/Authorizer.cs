namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>Finds out who sends a request. There are no permissions: whoever is somebody may do everything.</summary>
internal sealed class Authorizer(GcsEmulatorOptions options, AccessTokens tokens, ServiceAccounts accounts)
{
    private const string Scheme = "Bearer ";

    /// <exception cref="GcsError">401, or in the XML API 403 for nobody: it is nobody who may.</exception>
    public void Authorize(GcsRequest request)
    {
        if (request.IsXml && SignedUrl.IsSigned(request))
        {
            request.Caller = SignedUrl.Verify(request, accounts, options.Clock.GetUtcNow());
            return;
        }

        var header = request.Header("Authorization") ?? (request.Parameter("access_token") is { } inQuery ? Scheme + inQuery : null);
        if (header is null)
        {
            request.Caller = options.AllowAnonymous ? null : throw Anonymous(request);
            return;
        }

        request.Caller = header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? Caller(header[Scheme.Length..].Trim()) : null;
        if (request.Caller is null)
        {
            throw new GcsError(401, "authError", "Invalid Credentials", "AuthenticationRequired")
            {
                Location = "Authorization",
                LocationType = "header",
                Headers = [new("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"")],
            };
        }
    }

    private string? Caller(string token)
    {
        if (tokens.Caller(token) is { } caller)
        {
            return caller;
        }

        // A service account may also send a token that it signed itself, made out to the service or to a scope.
        var signed = JsonWebToken.Verify(token, accounts, options.Clock.GetUtcNow(), out _);
        return signed is not null && (signed.Claims.Text("scope") is not null || signed.Claims.Text("aud")?.TrimEnd('/') == "https://storage.googleapis.com") ? signed.Issuer : null;
    }

    private static GcsError Anonymous(GcsRequest request)
    {
        var message = $"Anonymous caller does not have {request.Operation} access to the Google Cloud Storage resource. Permission '{request.Operation}' denied on resource (or it may not exist).";
        return request.IsXml
            ? new GcsError(403, "forbidden", message, "AccessDenied")
            : new GcsError(401, "required", message) { Location = "Authorization", LocationType = "header", Headers = [new("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\"")] };
    }
}
