namespace SkyCompat.Contracts;

/// <summary>How a remote procedure call flattens structures into named values.</summary>
public enum FormStyle
{
    /// <summary><c>Tags.member.1.Key</c>: Amazon's query protocol.</summary>
    AwsQuery,

    /// <summary><c>Tag.1.Key</c>: EC2's query protocol and Alibaba's calls.</summary>
    Numbered,
}
