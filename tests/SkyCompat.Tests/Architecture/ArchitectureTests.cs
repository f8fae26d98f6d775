using System.Reflection;
using System.Runtime.CompilerServices;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly Abstractions = typeof(IBucket).Assembly;
    private static readonly Assembly Engines = typeof(SkyCompatOptions).Assembly;

    /// <summary>Beside them stand the assemblies of the adapters.</summary>
    private static readonly string[] NoAdapters = ["SkyCompat", "SkyCompat.Abstractions", "SkyCompat.Conformance", "SkyCompat.Conformance.Xunit", "SkyCompat.Tests"];

    private static readonly string[] Vendors = ["AWSSDK", "Amazon", "Azure", "Google", "Aliyun", "AlibabaCloud", "Minio", "Kubernetes", "k8s", "Microsoft.Data"];

    private static IEnumerable<Type> PublicTypes => Abstractions.GetExportedTypes().Concat(Engines.GetExportedTypes());

    public static TheoryData<string> Adapters() =>
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "SkyCompat.*.dll").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => !NoAdapters.Contains(name, StringComparer.Ordinal)),
    ];

    [Fact]
    public void Abstractions_ReferenceOnlyTheRuntime()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

        Abstractions.GetReferencedAssemblies().ShouldAllBe(reference => File.Exists(Path.Combine(runtime, reference.Name + ".dll")));
    }

    [Fact]
    public void Engines_ReferenceNoVendorAndNoAdapter() => Engines.GetReferencedAssemblies().ShouldAllBe(reference =>
        !Vendors.Any(vendor => reference.Name!.StartsWith(vendor, StringComparison.OrdinalIgnoreCase)) && (!reference.Name!.StartsWith("SkyCompat.") || reference.Name == "SkyCompat.Abstractions"));

    [Theory]
    [MemberData(nameof(Adapters))]
    public void Adapter_ReferencesNoOtherAdapterSaveS3(string adapter)
    {
        string[] allowed = adapter is "SkyCompat.Aws" or "SkyCompat.Alibaba" ? ["SkyCompat", "SkyCompat.Abstractions", "SkyCompat.S3"] : ["SkyCompat", "SkyCompat.Abstractions"];

        Assembly.Load(adapter).GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => name.StartsWith("SkyCompat", StringComparison.Ordinal))
            .Except(allowed, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void PublicApi_ShowsOnlyTypesOfThePlatformAndItsOwn()
    {
        var shown = PublicTypes.SelectMany(type => MembersOf(type).SelectMany(TypesIn).Select(used => (type, used)));

        shown.Where(pair => pair.used.Assembly != Abstractions && pair.used.Assembly != Engines
                && !pair.used.Assembly.GetName().Name!.StartsWith("System.", StringComparison.Ordinal)
                && !pair.used.Assembly.GetName().Name!.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
            .Select(pair => $"{pair.type.FullName} shows {pair.used.FullName}").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(typeof(IBucket))]
    [InlineData(typeof(IObjectStorage))]
    [InlineData(typeof(ISky))]
    [InlineData(typeof(ICloud))]
    [InlineData(typeof(IMultipartUploads))]
    [InlineData(typeof(IBucketVersions))]
    [InlineData(typeof(Compute.IComputeService))]
    [InlineData(typeof(Compute.IDisks))]
    [InlineData(typeof(Workloads.IWorkloads))]
    [InlineData(typeof(Workloads.INamespaces))]
    public void Interface_HasAtMostTenMembersOfItsOwn(Type type) =>
        type.GetMembers().Count(member => member is not MethodInfo { IsSpecialName: true }).ShouldBeLessThanOrEqualTo(10);

    [Fact]
    public void Namespaces_NameWhatIsInThem()
    {
        string[] vague = ["Utils", "Utilities", "Helpers", "Common", "Misc", "Models"];

        PublicTypes.Where(type => type.Namespace!.Split('.').Intersect(vague, StringComparer.OrdinalIgnoreCase).Any()).ShouldBeEmpty();
    }

    [Fact]
    public void AsynchronousMethods_TakeACancellationTokenLastAndAreNamedAsync()
    {
        var methods = PublicTypes.Where(type => !type.IsSubclassOf(typeof(Stream)))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => !method.IsSpecialName && IsAsynchronous(method.ReturnType) && method.Name != nameof(IAsyncDisposable.DisposeAsync));

        methods.Where(method => method.GetParameters().LastOrDefault()?.ParameterType != typeof(CancellationToken) || !method.Name.EndsWith("Async", StringComparison.Ordinal))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}").ShouldBeEmpty();
    }

    [Fact]
    public void Classes_ThatArePublic_AreSealedAbstractOrStatic() =>
        PublicTypes.Where(type => type.IsClass && !type.IsSealed && !type.IsAbstract).Select(type => type.FullName).ShouldBeEmpty();

    private static bool IsAsynchronous(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));

    private static IEnumerable<MemberInfo> MembersOf(Type type) =>
        type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)));

    private static IEnumerable<Type> TypesIn(MemberInfo member) => (member switch
    {
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        _ => Enumerable.Empty<Type>(),
    }).SelectMany(Flatten);

    private static IEnumerable<Type> Flatten(Type type) =>
        type.HasElementType ? Flatten(type.GetElementType()!) : type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Flatten)] : [type];
}
