namespace SkyCompat.Azure;

/// <summary>The models of graphics processors, which sizes name in their own name or which their family implies (Microsoft: "GPU-accelerated virtual machine sizes").</summary>
internal static class GpuModels
{
    private static readonly string[] Named = ["GB200", "MI300X", "H200", "H100", "A100", "A10", "T4", "L40S", "L4", "V620", "V710"];

    private static readonly (string Start, string End, string Model)[] Implied =
    [
        ("Standard_ND96", "_v4", "A100"), ("Standard_ND40", "_v2", "V100"), ("Standard_ND", "", "P40"), ("Standard_NC", "_v3", "V100"), ("Standard_NC", "_v2", "P100"), ("Standard_NC", "", "K80"),
        ("Standard_NV", "_v4", "MI25"), ("Standard_NV", "_v3", "M60"), ("Standard_NV", "_v2", "M60"), ("Standard_NV", "", "M60"),
    ];

    /// <summary>The model of a size; null if it is not known.</summary>
    public static string? Of(string size)
    {
        var parts = size.Split('_');
        foreach (var model in Named)
        {
            if (parts.Contains(model, StringComparer.OrdinalIgnoreCase))
            {
                return model;
            }
        }

        foreach (var (start, end, model) in Implied)
        {
            if (size.StartsWith(start, StringComparison.OrdinalIgnoreCase) && size.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return model;
            }
        }

        return null;
    }
}
