namespace SkyCompat.Transfer.Spreading;

/// <summary>Who has taken something on.</summary>
/// <param name="Member">The name of the member.</param>
internal sealed record Claim(string Member);
