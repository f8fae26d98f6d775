using System.Globalization;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>What must hold of an object, or with the generations left null of a bucket, for a call to be carried out.</summary>
internal readonly record struct Preconditions(long? GenerationMatch, long? GenerationNotMatch, long? MetagenerationMatch, long? MetagenerationNotMatch)
{
    /// <summary>From query parameters: <c>ifGenerationMatch</c> or, with "ifSource", <c>ifSourceGenerationMatch</c> and so on.</summary>
    public static Preconditions FromQuery(GcsRequest request, string prefix = "if") => new(
        request.Integer($"{prefix}GenerationMatch"),
        request.Integer($"{prefix}GenerationNotMatch"),
        request.Integer($"{prefix}MetagenerationMatch"),
        request.Integer($"{prefix}MetagenerationNotMatch"));

    /// <summary>From the headers of the XML API.</summary>
    public static Preconditions FromHeaders(GcsRequest request, string prefix = "x-goog-if-")
    {
        return new Preconditions(Header("generation-match"), null, Header("metageneration-match"), null);

        long? Header(string name) => request.Header(prefix + name) is not { } text
            ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw GcsError.Invalid($"Invalid value for the header {prefix}{name}: {text}");
    }

    /// <exception cref="GcsError">412, or 304 where something matches that should not.</exception>
    public void Check(GcsObject? current) => Check(current?.Generation ?? 0, current?.Metageneration);

    /// <inheritdoc cref="Check(GcsObject?)"/>
    public void Check(long generation, long? metageneration)
    {
        Require(GenerationMatch is null || GenerationMatch == generation, "ifGenerationMatch");
        Require(MetagenerationMatch is null || MetagenerationMatch == metageneration, "ifMetagenerationMatch");
        if ((GenerationNotMatch is { } notGeneration && notGeneration == generation)
            || (MetagenerationNotMatch is { } notMetageneration && notMetageneration == metageneration))
        {
            throw GcsError.NotModified();
        }
    }

    private static void Require(bool holds, string condition)
    {
        if (!holds)
        {
            throw GcsError.PreconditionFailed(condition);
        }
    }
}
