namespace SkyCompat.Emulators.AlibabaEcs;

/// <summary>A refusal.</summary>
internal sealed class EcsErrorException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static EcsErrorException Missing(string name) => new(400, "MissingParameter", $"The input parameter \"{name}\" that is mandatory for processing this request is not supplied.");

    public static EcsErrorException Invalid(string name) => new(400, $"InvalidParameter.{name}", $"The specified parameter {name} is not valid.");

    public static EcsErrorException NotFound(string what, string id) => new(404, $"{what}.NotFound", $"The specified {what} does not exist: {id}");
}
