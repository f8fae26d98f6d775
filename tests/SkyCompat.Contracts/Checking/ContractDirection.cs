namespace SkyCompat.Contracts;

/// <summary>Who said it.</summary>
public enum ContractDirection
{
    /// <summary>The client.</summary>
    Request,

    /// <summary>The provider.</summary>
    Reply,
}
