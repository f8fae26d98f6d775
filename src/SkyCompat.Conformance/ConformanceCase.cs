using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance;

/// <summary>One promise of the object-storage contract, in executable form. Immutable; run it with <see cref="ConformanceRunner"/>.</summary>
public sealed class ConformanceCase
{
    private readonly Func<ConformanceContext, CancellationToken, Task> _body;

    /// <summary>Creates a case.</summary>
    /// <param name="id">A stable name of lower-case words joined by dots and hyphens, such as <c>read.range.suffix</c>.</param>
    /// <param name="numbers">The numbers of the reference list that it covers, see docs/conformance.md; empty if it goes beyond the list.</param>
    /// <param name="title">What must hold, as a sentence.</param>
    /// <param name="body">The proof: returns if it holds, throws otherwise.</param>
    public ConformanceCase(string id, IReadOnlyList<int> numbers, string title, Func<ConformanceContext, CancellationToken, Task> body)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentNullException.ThrowIfNull(body);
        Id = id;
        Numbers = numbers;
        Title = title;
        _body = body;
    }

    /// <summary>The stable name.</summary>
    public string Id { get; }

    /// <summary>What must hold.</summary>
    public string Title { get; }

    /// <summary>The numbers of the reference list that it covers.</summary>
    public IReadOnlyList<int> Numbers { get; }

    /// <summary>What the bucket must be able to do. Without it, <see cref="WhenUnsupported"/> is run instead and the case is skipped, naming what is lacking.</summary>
    public BucketFeatures Requires { get; init; }

    /// <summary>What the case shows of a bucket beyond what it requires: abilities that the engine stands in for where the provider lacks them.</summary>
    public BucketFeatures Shows { get; init; }

    /// <summary>What must hold of a bucket that lacks <see cref="Requires"/>: usually that the call is refused and nothing was written. Null if there is nothing to call.</summary>
    public Func<ConformanceContext, CancellationToken, Task>? WhenUnsupported { get; init; }

    /// <summary>Runs the proof.</summary>
    /// <param name="context">Where to run it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A task that ends when it holds.</returns>
    /// <exception cref="ConformanceException">It does not hold.</exception>
    /// <exception cref="ConformanceSkipException">It cannot be run here, for the reason given.</exception>
    public Task RunAsync(ConformanceContext context, CancellationToken cancellationToken) => _body(context, cancellationToken);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
