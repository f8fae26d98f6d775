namespace SkyCompat.Compute;

/// <summary>Which image an instance starts from: a family, which every provider translates, or one provider's exact id.</summary>
public sealed record ImageReference
{
    private ImageReference(string? family, string? id)
    {
        Family = family;
        Id = id;
    }

    /// <summary>The family, such as <c>ubuntu-24.04</c>; null if an id is given.</summary>
    public string? Family { get; }

    /// <summary>The provider's id, such as <c>ami-0abc</c>; null if a family is given.</summary>
    public string? Id { get; }

    /// <summary>The newest image of a family. Every provider knows <c>ubuntu-24.04</c>, <c>ubuntu-22.04</c> and <c>debian-12</c>.</summary>
    /// <param name="family">The family.</param>
    /// <returns>The reference.</returns>
    public static ImageReference OfFamily(string family)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(family);
        return new ImageReference(family, null);
    }

    /// <summary>One exact image of one provider.</summary>
    /// <param name="id">Its id at the provider.</param>
    /// <returns>The reference.</returns>
    public static ImageReference OfId(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return new ImageReference(null, id);
    }

    /// <inheritdoc/>
    public override string ToString() => Family ?? Id!;
}
