using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace SkyCompat.Conformance.Internal;

/// <summary>What cases expect. Each message says what was expected and what was seen.</summary>
internal static class Expect
{
    public static void True([DoesNotReturnIf(false)] bool condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!condition)
        {
            throw new ConformanceException($"Expected: {what}");
        }
    }

    public static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ConformanceException($"{what}: expected {Show(expected)}, but it is {Show(actual)}.");
        }
    }

    public static void NotEqual<T>(T unwanted, T actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (EqualityComparer<T>.Default.Equals(unwanted, actual))
        {
            throw new ConformanceException($"{what}: expected anything but {Show(unwanted)}.");
        }
    }

    public static T NotNull<T>([NotNull] T? value, [CallerArgumentExpression(nameof(value))] string what = "")
        where T : class => value ?? throw new ConformanceException($"{what}: expected a value, but it is null.");

    public static void Null(object? value, [CallerArgumentExpression(nameof(value))] string what = "")
    {
        if (value is not null)
        {
            throw new ConformanceException($"{what}: expected null, but it is {Show(value)}.");
        }
    }

    /// <summary>Compares bodies and names the first byte that differs.</summary>
    public static void Bytes(ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> actual, string what)
    {
        var same = expected.Span.CommonPrefixLength(actual.Span);
        if (expected.Length != actual.Length || same != expected.Length)
        {
            throw new ConformanceException(string.Create(
                CultureInfo.InvariantCulture, $"{what}: expected {expected.Length} bytes and got {actual.Length}; the first {same} are the same."));
        }
    }

    public static void Sequence<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what)
    {
        T[] wanted = [.. expected], seen = [.. actual];
        for (var i = 0; i < Math.Max(wanted.Length, seen.Length); i++)
        {
            if (i >= wanted.Length || i >= seen.Length || !EqualityComparer<T>.Default.Equals(wanted[i], seen[i]))
            {
                throw new ConformanceException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{what}: expected {wanted.Length} and got {seen.Length}; number {i} should be {(i < wanted.Length ? Show(wanted[i]) : "missing")} and is {(i < seen.Length ? Show(seen[i]) : "missing")}."));
            }
        }
    }

    public static void Map(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual, string what) =>
        Sequence(
            expected.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            actual.OrderBy(pair => pair.Key, StringComparer.Ordinal),
            what);

    public static Task<CloudException> FailsAsync(CloudErrorCode code, string? reason, Func<Task> call, [CallerArgumentExpression(nameof(call))] string what = "") =>
        FailsAsync([(code, reason)], call, what);

    /// <summary>Expects one of several errors; a null reason stands for any.</summary>
    public static async Task<CloudException> FailsAsync(
        (CloudErrorCode Code, string? Reason)[] allowed, Func<Task> call, [CallerArgumentExpression(nameof(call))] string what = "")
    {
        var wanted = string.Join(" or ", allowed.Select(error => error.Reason is null ? $"{error.Code}" : $"{error.Code} ({error.Reason})"));
        try
        {
            await call();
        }
        catch (CloudException exception)
        {
            return Array.Exists(allowed, error => error.Code == exception.Code && (error.Reason is null || string.Equals(error.Reason, exception.Reason, StringComparison.Ordinal)))
                ? exception
                : throw new ConformanceException($"{what}: expected {wanted}, but it failed with {exception.Code} ({exception.Reason ?? "no reason"}): {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ConformanceException or ConformanceSkipException))
        {
            throw new ConformanceException($"{what}: expected CloudException {wanted}, but it threw {exception.GetType().Name}: {exception.Message}", exception);
        }

        throw new ConformanceException($"{what}: expected {wanted}, but it succeeded.");
    }

    public static async Task<TException> ThrowsAsync<TException>(Func<Task> call, [CallerArgumentExpression(nameof(call))] string what = "")
        where TException : Exception
    {
        try
        {
            await call();
        }
        catch (TException exception)
        {
            return exception;
        }
        catch (Exception exception) when (exception is not (ConformanceException or ConformanceSkipException))
        {
            throw new ConformanceException($"{what}: expected {typeof(TException).Name}, but it threw {exception.GetType().Name}: {exception.Message}", exception);
        }

        throw new ConformanceException($"{what}: expected {typeof(TException).Name}, but it succeeded.");
    }

    /// <summary>Expects that an argument is refused on this side of the network: by <see cref="ArgumentException"/>, or by InvalidArgument.</summary>
    public static async Task RefusedAsync(Func<Task> call, [CallerArgumentExpression(nameof(call))] string what = "")
    {
        try
        {
            await call();
        }
        catch (ArgumentException)
        {
            return;
        }
        catch (CloudException exception) when (exception.Code == CloudErrorCode.InvalidArgument)
        {
            return;
        }

        throw new ConformanceException($"{what}: expected that the argument is refused, but it succeeded.");
    }

    private static string Show<T>(T value) => value switch
    {
        null => "null",
        string text => Quote(text),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Odd keys are the subject here, so everything but visible ASCII is shown by its code.</summary>
    private static string Quote(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            result.Append(c is >= ' ' and <= '~' and not ('"' or '\\') ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
        }

        return result.Append('"').ToString();
    }
}
