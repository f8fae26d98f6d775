namespace SkyCompat.Local;

/// <summary>Decides which requests fail and how, the same way in each run of one seed and one order of calls, and counts what it did. Safe for use by many threads.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<RuleState> _rules = [];
    private readonly Dictionary<FaultKind, int> _injected = [];
    private readonly Random _random;

    /// <summary>Makes a plan without rules.</summary>
    /// <param name="seed">Decides the outcome of <see cref="FaultRule.Probability"/>.</param>
    public FaultPlan(int seed = 0) => _random = new Random(seed);

    /// <summary>How many faults were injected.</summary>
    public int Injected
    {
        get
        {
            lock (_gate)
            {
                return _injected.Values.Sum();
            }
        }
    }

    /// <summary>Adds a rule. Several rules may hit one call: delays come first, then the first failure decides.</summary>
    /// <param name="rule">The rule.</param>
    /// <returns>This plan.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A probability, place or delay is out of its range.</exception>
    public FaultPlan Add(FaultRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentOutOfRangeException.ThrowIfNegative(rule.Probability, nameof(rule));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rule.Probability, 1, nameof(rule));
        ArgumentOutOfRangeException.ThrowIfNegative(rule.AtByte, nameof(rule));
        ArgumentOutOfRangeException.ThrowIfLessThan(rule.Delay, TimeSpan.Zero, nameof(rule));
        lock (_gate)
        {
            _rules.Add(new RuleState(rule));
        }

        return this;
    }

    /// <summary>How many faults of one kind were injected.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The number.</returns>
    public int CountOf(FaultKind kind)
    {
        lock (_gate)
        {
            return _injected.GetValueOrDefault(kind);
        }
    }

    /// <summary>The rules that hit the next call.</summary>
    internal List<FaultRule> Next(FaultOperations operation)
    {
        lock (_gate)
        {
            var hits = new List<FaultRule>();
            foreach (var state in _rules)
            {
                if (state.Rule.Operations.HasFlag(operation) && (operation == FaultOperations.Get || !IsAboutBodies(state.Rule.Kind)) && state.Hits(_random))
                {
                    hits.Add(state.Rule);
                    _injected[state.Rule.Kind] = _injected.GetValueOrDefault(state.Rule.Kind) + 1;
                }
            }

            return hits;
        }
    }

    private static bool IsAboutBodies(FaultKind kind) => kind is FaultKind.TruncatedBody or FaultKind.CorruptedBody or FaultKind.SlowBody;

    private sealed class RuleState(FaultRule rule)
    {
        private int _calls;
        private int _hits;

        public FaultRule Rule => rule;

        public bool Hits(Random random)
        {
            _calls++;
            if (_calls < (rule.FromCall ?? 1) || _hits >= (rule.MaxInjections ?? int.MaxValue) || random.NextDouble() >= rule.Probability)
            {
                return false;
            }

            _hits++;
            return true;
        }
    }
}
