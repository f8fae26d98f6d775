using System.Text;

namespace SkyCompat;

/// <summary>The one exception that SkyCompat raises for what a cloud, or the way to it, does wrong.</summary>
/// <remarks>
/// <see cref="ArgumentException"/> (a null or out-of-range argument) and <see cref="OperationCanceledException"/> (the caller's own token) are never
/// wrapped. Neither the message nor any property holds a secret: no credential, signature or signed URL.
/// </remarks>
public sealed class CloudException : Exception
{
    /// <summary>Creates an unexplained failure.</summary>
    public CloudException()
        : this(CloudErrorCode.Unknown, "The cloud operation failed.")
    {
    }

    /// <summary>Creates an unexplained failure.</summary>
    /// <param name="message">Operation, resource, cause and what to do next.</param>
    public CloudException(string message)
        : this(CloudErrorCode.Unknown, message)
    {
    }

    /// <summary>Creates an unexplained failure.</summary>
    /// <param name="message">Operation, resource, cause and what to do next.</param>
    /// <param name="innerException">The cause.</param>
    public CloudException(string message, Exception? innerException)
        : this(CloudErrorCode.Unknown, message, innerException)
    {
    }

    /// <summary>Creates an error with a code.</summary>
    /// <param name="code">What went wrong.</param>
    /// <param name="message">Cause and what to do next; no secrets.</param>
    /// <param name="innerException">The vendor's or the runtime's exception, if any.</param>
    public CloudException(CloudErrorCode code, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        IsTransient = code is CloudErrorCode.Throttled or CloudErrorCode.Unavailable or CloudErrorCode.Timeout or CloudErrorCode.CapacityShortage;
    }

    /// <summary>What went wrong, the same on every cloud.</summary>
    public CloudErrorCode Code { get; }

    /// <summary>The finer cause, one of <see cref="ObjectStorage.ObjectStorageErrorReasons"/> for object storage; null if the code says it all.</summary>
    public string? Reason { get; init; }

    /// <summary>What to avoid after this error.</summary>
    /// <value>Default: <see cref="ErrorScope.Request"/>.</value>
    public ErrorScope Scope { get; init; }

    /// <summary>Whether the same request may succeed later unchanged.</summary>
    /// <value>Default by code: true for Throttled, Unavailable, Timeout and CapacityShortage.</value>
    public bool IsTransient { get; init; }

    /// <summary>How long the provider asked to wait before trying again, if it said.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the provider may have carried the operation out although this error was returned, as when a reply is lost.</summary>
    public bool MayHaveTakenEffect { get; init; }

    /// <summary>The provider that answered.</summary>
    public CloudProvider? Provider { get; init; }

    /// <summary>The neutral operation, such as <c>PutObject</c>.</summary>
    public string? Operation { get; init; }

    /// <summary>The bucket, object or other resource, such as <c>media/a/b.jpg</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>The provider's own error code, such as <c>NoSuchKey</c>.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>Where the cloud's settings stand in configuration, such as <c>SkyCompat:Clouds:home:Azure</c>, for errors of its endpoint or credentials (<see cref="ErrorScope.Cloud"/>); null for others.</summary>
    public string? ConfigurationPath { get; init; }

    /// <summary>The HTTP status code, if there was a reply.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The provider's id of the request, to be given to its support.</summary>
    public string? RequestId { get; init; }

    /// <inheritdoc/>
    public override string Message
    {
        get
        {
            if (Operation is null && Resource is null && ProviderCode is null && StatusCode is null)
            {
                return base.Message;
            }

            var text = new StringBuilder();
            if (Operation is not null || Resource is not null)
            {
                text.Append(Operation).Append(Operation is null || Resource is null ? "" : " ").Append(Resource).Append(": ");
            }

            text.Append(base.Message).Append(" [").Append(Code);
            Append(text, Reason);
            Append(text, Provider?.ToString());
            Append(text, StatusCode?.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Append(text, ProviderCode);
            Append(text, RequestId is null ? null : "request " + RequestId);
            Append(text, ConfigurationPath is null ? null : "configured at " + ConfigurationPath);
            return text.Append(']').ToString();
        }
    }

    /// <summary>A copy of this error that names the operation, resource and provider, where they were not known when it was raised.</summary>
    /// <param name="operation">The neutral operation.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="provider">The provider.</param>
    /// <returns>This instance if nothing is missing, otherwise a copy with the same inner exception.</returns>
    public CloudException WithContext(string operation, string? resource, CloudProvider provider) =>
        Operation is not null && Resource is not null && Provider is not null
            ? this
            : Copy(Operation ?? operation, Resource ?? resource, Provider ?? provider, ConfigurationPath, MayHaveTakenEffect);

    /// <summary>A copy of this error that names where the cloud's settings stand.</summary>
    /// <param name="path">The place in configuration.</param>
    /// <returns>This instance if it names one already, otherwise a copy with the same inner exception.</returns>
    public CloudException WithConfigurationPath(string path) => ConfigurationPath is not null ? this : Copy(Operation, Resource, Provider, path, MayHaveTakenEffect);

    /// <summary>A copy of this error that says that the operation may have taken effect, as an earlier attempt's reply was lost.</summary>
    /// <returns>This instance if it says so already, otherwise a copy with the same inner exception.</returns>
    public CloudException WithMayHaveTakenEffect() => MayHaveTakenEffect ? this : Copy(Operation, Resource, Provider, ConfigurationPath, mayHaveTakenEffect: true);

    private CloudException Copy(string? operation, string? resource, CloudProvider? provider, string? configurationPath, bool mayHaveTakenEffect) => new(Code, base.Message, InnerException)
    {
        Reason = Reason,
        Scope = Scope,
        IsTransient = IsTransient,
        RetryAfter = RetryAfter,
        MayHaveTakenEffect = mayHaveTakenEffect,
        Provider = provider,
        Operation = operation,
        Resource = resource,
        ProviderCode = ProviderCode,
        ConfigurationPath = configurationPath,
        StatusCode = StatusCode,
        RequestId = RequestId,
    };

    private static void Append(StringBuilder text, string? part)
    {
        if (part is { Length: > 0 })
        {
            text.Append(", ").Append(part);
        }
    }
}
