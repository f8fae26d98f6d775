namespace SkyCompat.Cli.Parsing;

/// <summary>Bounds of options that are numbers.</summary>
internal static class NumberRule
{
    /// <summary>Refuses what is out of bounds; what is no number, the command line library refuses itself.</summary>
    public static void Require(Option option, long least, long most = long.MaxValue) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
        {
            if (long.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && (value < least || value > most))
            {
                result.AddError(most == long.MaxValue ? $"{option.Name} must be {least} or more, not {value}." : $"{option.Name} must be from {least} to {most}, not {value}.");
            }
        }
    });
}
