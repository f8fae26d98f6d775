using System.Reflection;
using SkyCompat.Drivers;

namespace SkyCompat.Compute.Tests.Coverage;

/// <summary>The operations of an adapter, by reflection: a new one cannot be forgotten.</summary>
internal static class CoverageOperations
{
    private static readonly IReadOnlyList<(string Group, Type Contract, Func<ComputeDriver, object?> Of)> Parts =
    [
        ("", typeof(ComputeDriver), driver => driver),
        ("KeyPairs", typeof(KeyPairDriver), driver => driver.KeyPairs),
        ("Firewalls", typeof(FirewallDriver), driver => driver.Firewalls),
        ("Networks", typeof(NetworkDriver), driver => driver.Networks),
        ("Disks", typeof(DiskDriver), driver => driver.Disks),
        ("Snapshots", typeof(SnapshotDriver), driver => driver.Snapshots),
        ("Addresses", typeof(AddressDriver), driver => driver.Addresses),
    ];

    /// <summary>How an operation is called in the table, such as <c>Disks.Create</c>.</summary>
    public static string NameOf(string group, string method)
    {
        var name = method.EndsWith("Async", StringComparison.Ordinal) ? method[..^"Async".Length] : method;
        name = name.EndsWith("Page", StringComparison.Ordinal) ? name[..^"Page".Length] : name;
        name = name.StartsWith("Try", StringComparison.Ordinal) ? name["Try".Length..] : name;
        return group.Length == 0 ? name : $"{group}.{name}";
    }

    /// <summary>How an action is called in the table.</summary>
    public static string NameOf(InstanceAction action) => $"Act: {action}";

    /// <summary>Every operation that adapters can have, with why this one has it not; null where it has.</summary>
    public static IReadOnlyDictionary<string, string?> Of(ComputeDriver driver)
    {
        var all = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (group, contract, of) in Parts)
        {
            var part = of(driver);
            foreach (var method in contract.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(method => typeof(Task).IsAssignableFrom(method.ReturnType)))
            {
                if (method.Name == nameof(ComputeDriver.ActAsync))
                {
                    foreach (var action in Enum.GetValues<InstanceAction>())
                    {
                        all[NameOf(action)] = Lacks(driver, action) ? "the provider has no such action" : null;
                    }

                    continue;
                }

                all[NameOf(group, method.Name)] = part is null ? $"the provider has no {group}" : IsInherited(part, method) ? "there is none to ask for" : null;
            }
        }

        return all;
    }

    private static bool Lacks(ComputeDriver driver, InstanceAction action) => action switch
    {
        InstanceAction.StopKeepAllocated => !driver.Capabilities.Supports(ComputeFeatures.StopKeepAllocated),
        InstanceAction.Hibernate => !driver.Capabilities.Supports(ComputeFeatures.Hibernate),
        _ => false,
    };

    private static bool IsInherited(object part, MethodInfo method)
    {
        var types = Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType);
        return part.GetType().GetMethod(method.Name, types)!.DeclaringType == method.DeclaringType;
    }
}
