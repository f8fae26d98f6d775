namespace SkyCompat.Alibaba;

/// <summary>A place where credentials may be.</summary>
internal abstract class CredentialPlace
{
    /// <summary>Looks.</summary>
    /// <param name="isNeeded">Whether this place is known to be the right one, so that a service that does not answer is an error and not a sign that it is not there.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The credentials, or why there are none.</returns>
    /// <exception cref="CloudException">The place is set up and failed: <see cref="CloudErrorCode.Unavailable"/> if a later try may succeed, else <see cref="CloudErrorCode.Unauthenticated"/>.</exception>
    public abstract Task<CredentialAnswer> LookAsync(bool isNeeded, CancellationToken cancellationToken);
}
