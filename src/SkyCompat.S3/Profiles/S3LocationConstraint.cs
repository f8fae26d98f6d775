namespace SkyCompat.S3;

/// <summary>What a request to create a bucket says of its region.</summary>
public enum S3LocationConstraint
{
    /// <summary>Nothing: the endpoint decides.</summary>
    None = 0,

    /// <summary>The region, except for <c>us-east-1</c>, which Amazon S3 wants left out.</summary>
    ExceptUsEast1,

    /// <summary>The region, always.</summary>
    Always,
}
