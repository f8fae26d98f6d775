using System.Runtime.CompilerServices;
using SkyCompat.Conformance.Xunit.Internal;
using Xunit;
using Xunit.v3;

namespace SkyCompat.Conformance.Xunit;

/// <summary>Makes one test of each case of the suite that the class runs, with the case's id as its display name and as its trait <c>Case</c>.</summary>
/// <param name="sourceFilePath">Filled by the compiler.</param>
/// <param name="sourceLineNumber">Filled by the compiler.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(ConformanceCaseDiscoverer))]
public sealed class ConformanceCaseAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber);
