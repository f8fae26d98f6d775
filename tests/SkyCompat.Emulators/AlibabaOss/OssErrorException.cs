namespace SkyCompat.Emulators.AlibabaOss;

/// <summary>A refusal.</summary>
internal sealed class OssErrorException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Elements of the document beside the usual ones.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; init; } = [];

    /// <summary>Headers of the reply beside the usual ones.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static OssErrorException InvalidArgument(string message) => new(400, "InvalidArgument", message);

    public static OssErrorException NoSuchKey(string key) => new(404, "NoSuchKey", "The specified key does not exist.") { Details = [("Key", key)] };

    public static OssErrorException NoSuchUpload(string id) => new(404, "NoSuchUpload", "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.") { Details = [("UploadId", id)] };

    public static OssErrorException NoSuchBucket(string name) => new(404, "NoSuchBucket", "The specified bucket does not exist.") { Details = [("BucketName", name)] };

    public static OssErrorException FileAlreadyExists() => new(409, "FileAlreadyExists", "The object you specified already exists and can not be overwritten.");

    public static OssErrorException MalformedXml() => new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema.");

    public static OssErrorException PreconditionFailed(string condition) =>
        new(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold.") { Details = [("Condition", condition)] };
}
