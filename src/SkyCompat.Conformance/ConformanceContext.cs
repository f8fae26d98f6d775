using System.Diagnostics.CodeAnalysis;
using SkyCompat.Conformance.Internal;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Conformance;

/// <summary>Where one run of a case happens: a bucket, and a prefix of its own in it.</summary>
public sealed class ConformanceContext
{
    internal ConformanceContext(ConformanceHarness harness, IBucket bucket, BucketCapabilities capabilities, string prefix)
    {
        Harness = harness;
        Bucket = bucket;
        Capabilities = capabilities;
        Prefix = prefix;
    }

    /// <summary>The adapter under test.</summary>
    public ConformanceHarness Harness { get; }

    /// <summary>The storage under test.</summary>
    public IObjectStorage Storage => Harness.Storage;

    /// <summary>The bucket that most cases share; it keeps no versions.</summary>
    public IBucket Bucket { get; }

    /// <summary>What the bucket can do.</summary>
    public BucketCapabilities Capabilities { get; }

    /// <summary>How much work to do.</summary>
    public ConformanceScale Scale => Harness.Scale;

    /// <summary>The prefix that only this run uses; it ends in a slash.</summary>
    public string Prefix { get; }

    /// <summary>A key of this run.</summary>
    /// <param name="name">What follows the prefix.</param>
    /// <returns>The key.</returns>
    public string Key(string name = "object") => Prefix + name;

    /// <summary>Bytes that look random and are the same in every run.</summary>
    /// <param name="length">How many.</param>
    /// <param name="seed">Which; different seeds give different bytes.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Bytes(int length, int seed = 1) => TestBytes.Create(length, seed);

    /// <summary>Bytes for a case that may be too large for this run.</summary>
    /// <param name="length">How many.</param>
    /// <param name="seed">Which.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="ConformanceSkipException">It is over <see cref="ConformanceScale.MaxBodyBytes"/>.</exception>
    public byte[] LargeBytes(long length, int seed = 1)
    {
        SkipIf(length > Scale.MaxBodyBytes, $"It needs a body of {length} bytes; the run allows {Scale.MaxBodyBytes}.");
        return TestBytes.Create(checked((int)length), seed);
    }

    /// <summary>Writes a small object.</summary>
    /// <param name="name">Its name after the prefix.</param>
    /// <param name="seed">Which bytes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Its key, its bytes, and what was stored.</returns>
    public async Task<(string Key, byte[] Bytes, PutResult Result)> SeedAsync(string name, int seed, CancellationToken cancellationToken)
    {
        var bytes = Bytes(1_000 + seed, seed);
        var key = Key(name);
        return (key, bytes, await Bucket.PutAsync(key, bytes, null, cancellationToken));
    }

    /// <summary>The optional ability of a bucket that has it.</summary>
    /// <typeparam name="TService">The interface.</typeparam>
    /// <param name="bucket">The bucket; null for the shared one.</param>
    /// <returns>The ability.</returns>
    public TService Service<TService>(IBucket? bucket = null)
        where TService : class
    {
        bucket ??= Bucket;
        return Expect.NotNull(bucket.GetService<TService>(), $"GetService<{typeof(TService).Name}>() of a bucket that declares the feature");
    }

    /// <summary>Skips the case if something does not hold here.</summary>
    /// <param name="condition">Whether to skip.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="ConformanceSkipException">It is to be skipped.</exception>
    public static void SkipIf([DoesNotReturnIf(true)] bool condition, string reason)
    {
        if (condition)
        {
            throw new ConformanceSkipException(reason);
        }
    }
}
