namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A call that is not carried out, with what the service answers.</summary>
internal sealed class GcsError(int status, string reason, string message, string? xmlCode = null) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary><c>errors[].reason</c> of the JSON API.</summary>
    public string Reason { get; } = reason;

    /// <summary>The code of the XML API.</summary>
    public string XmlCode { get; } = xmlCode ?? "InvalidArgument";

    /// <summary><c>errors[].location</c>: the parameter or header that is at fault.</summary>
    public string? Location { get; init; }

    /// <summary><c>errors[].locationType</c>.</summary>
    public string? LocationType { get; init; }

    /// <summary>The element Details of the XML API.</summary>
    public string? Details { get; init; }

    /// <summary>More elements of the XML API's error document.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Elements { get; init; } = [];

    /// <summary>More headers of the answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Whether the body is the message alone, as it is for data and for resumable uploads.</summary>
    public bool PlainText { get; init; }

    public static GcsError Invalid(string message, string xmlCode = "InvalidArgument") => new(400, "invalid", message, xmlCode);

    public static GcsError InvalidParameter(string name, string message) => new(400, "invalidParameter", message) { Location = name, LocationType = "parameter" };

    public static GcsError Required(string parameter) => new(400, "required", $"Required parameter: {parameter}") { Location = parameter, LocationType = "parameter" };

    public static GcsError BucketNotFound() => new(404, "notFound", "The specified bucket does not exist.", "NoSuchBucket");

    public static GcsError ObjectNotFound(string bucket, string name) => new(404, "notFound", $"No such object: {bucket}/{name}", "NoSuchKey");

    public static GcsError NotFound() => new(404, "notFound", "Not Found", "NotFound");

    public static GcsError NotModified() => new(304, "notModified", "");

    public static GcsError PreconditionFailed(string condition) => new(412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.", "PreconditionFailed")
    {
        // The service names the header that the parameter stands for, whichever of the two was sent.
        Location = condition.Contains("NotMatch", StringComparison.Ordinal) ? "If-None-Match" : "If-Match",
        LocationType = "header",
        Details = condition,
    };

    public static GcsError Conflict(string message, string xmlCode) => new(409, "conflict", message, xmlCode);

    public static GcsError MethodNotAllowed() => new(405, "methodNotAllowed", "The specified method is not allowed against this resource.", "MethodNotAllowed");

    public static GcsError NotImplemented(string what) => new(501, "notImplemented", $"The emulator does not do this: {what}", "NotImplemented");
}
