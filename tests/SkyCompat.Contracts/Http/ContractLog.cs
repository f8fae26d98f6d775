using System.Collections.Concurrent;

namespace SkyCompat.Contracts;

/// <summary>Collects what the checks saw. Safe to use from many threads.</summary>
public sealed class ContractLog
{
    private readonly ConcurrentQueue<Violation> _violations = new();
    private readonly ConcurrentDictionary<(string Description, string Operation), int> _operations = new();
    private readonly ConcurrentDictionary<ContractExemption, int> _exemptions = new();
    private int _requests;
    private int _replies;
    private int _signatures;

    /// <summary>Whether a violation fails the request on the spot, and not only at the end.</summary>
    public bool ThrowsAtOnce { get; init; }

    /// <summary>Everything that was wrong.</summary>
    public IReadOnlyCollection<Violation> Violations => _violations;

    /// <summary>How often each operation was asked for.</summary>
    public IReadOnlyDictionary<(string Description, string Operation), int> Operations => _operations;

    /// <summary>How often each exemption was used.</summary>
    public IReadOnlyDictionary<ContractExemption, int> Exemptions => _exemptions;

    /// <summary>The number of requests checked.</summary>
    public int Requests => _requests;

    /// <summary>The number of replies checked.</summary>
    public int Replies => _replies;

    /// <summary>The number of signatures that were recomputed and found right.</summary>
    public int Signatures => _signatures;

    /// <summary>Fails if anything was wrong.</summary>
    /// <exception cref="ContractViolationException">Something was.</exception>
    public void AssertClean()
    {
        if (!_violations.IsEmpty)
        {
            // One fault in a list of a thousand items, or in a thousand replies, is one fault.
            throw new ContractViolationException([.. _violations.DistinctBy(violation => (violation.Description, violation.Operation, violation.Direction, violation.Kind, ContractExemptions.PlaceOf(violation)))]);
        }
    }

    /// <summary>Adds what is wrong.</summary>
    /// <param name="violations">What is wrong.</param>
    /// <param name="mayThrow">Whether the caller can pass on an exception.</param>
    public void Add(IReadOnlyList<Violation> violations, bool mayThrow = true)
    {
        foreach (var violation in violations)
        {
            _violations.Enqueue(violation);
        }

        if (violations.Count > 0 && ThrowsAtOnce && mayThrow)
        {
            throw new ContractViolationException(violations);
        }
    }

    internal void CountRequest(string description, string operation)
    {
        Interlocked.Increment(ref _requests);
        _operations.AddOrUpdate((description, operation), 1, static (_, count) => count + 1);
    }

    internal void CountReply() => Interlocked.Increment(ref _replies);

    internal void CountSignature() => Interlocked.Increment(ref _signatures);

    internal void CountExemption(ContractExemption exemption) => _exemptions.AddOrUpdate(exemption, 1, static (_, count) => count + 1);
}
