namespace SkyCompat.Contracts;

/// <summary>The language in which a provider describes its interface.</summary>
public enum ApiDialect
{
    /// <summary>Swagger 2.0 with Azure's extensions.</summary>
    Swagger,

    /// <summary>Google's discovery documents.</summary>
    Discovery,

    /// <summary>The shapes of Amazon's own clients.</summary>
    Botocore,

    /// <summary>The metadata of Alibaba Cloud's OpenAPI portal.</summary>
    Alibaba,
}
