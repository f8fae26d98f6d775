using System.Runtime.CompilerServices;
using SkyCompat.ObjectStorage;

namespace SkyCompat.Tests.Conformance;

/// <summary>Defects that real libraries have had, each as a wrapper around a bucket that is right.</summary>
internal static class Defects
{
    public sealed class TrimsKeys(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) =>
            base.PutAsync(key?.Trim()!, body, options, cancellationToken);

        public override Task<ObjectContent> GetAsync(string key, GetOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetAsync(key?.Trim()!, options, cancellationToken);
    }

    public sealed class CollapsesSlashes(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) =>
            base.PutAsync(key?.Replace("//", "/", StringComparison.Ordinal)!, body, options, cancellationToken);
    }

    public sealed class ServesOneByteTooMany(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<ObjectContent> GetAsync(string key, GetOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetAsync(key, options?.Range is { Offset: { } offset, Length: > 0 and < 1_000_000 } range ? options with { Range = ByteRange.Slice(offset, range.Length.Value + 1) } : options, cancellationToken);
    }

    public sealed class TakesSuffixForPrefix(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<ObjectContent> GetAsync(string key, GetOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetAsync(key, options?.Range is { IsSuffix: true } range ? options with { Range = ByteRange.Slice(0, range.Length!.Value) } : options, cancellationToken);
    }

    public sealed class IgnoresReadConditions(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<ObjectContent> GetAsync(string key, GetOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetAsync(key, options is null ? null : options with { Condition = null }, cancellationToken);
    }

    public sealed class SniffsTypes(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) =>
            base.PutAsync(
                key,
                body,
                options is { Headers.ContentType: not ContentHeaders.DefaultContentType } || key?.EndsWith(".html", StringComparison.Ordinal) != true
                    ? options
                    : (options ?? new PutOptions()) with { Headers = new ContentHeaders { ContentType = "text/html" } },
                cancellationToken);
    }

    public sealed class DropsOptionsOfWriters(IBucket inner) : DelegatingBucket(inner)
    {
        public override ObjectWriter OpenWrite(string key, PutOptions? options = null) => base.OpenWrite(key);
    }

    public sealed class DropsConditionsOfWriters(IBucket inner) : DelegatingBucket(inner)
    {
        public override ObjectWriter OpenWrite(string key, PutOptions? options = null) =>
            base.OpenWrite(key, options is null ? null : options with { Condition = WriteCondition.None });
    }

    public sealed class ChecksConditionsBeforeWriting(IBucket inner) : DelegatingBucket(inner)
    {
        private readonly TaskCompletionSource _raced = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _checked;

        public override async Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (options?.Condition.Kind == WriteConditionKind.MustNotExist && await Inner.ExistsAsync(key, cancellationToken))
            {
                throw new CloudException(CloudErrorCode.AlreadyExists, "An object has that key.") { Reason = ObjectStorageErrorReasons.ObjectExists };
            }

            // The window between check and write, held open until a second writer is in it.
            if (Interlocked.Increment(ref _checked) == 2)
            {
                _raced.SetResult();
            }

            await _raced.Task.WaitAsync(cancellationToken);
            return await base.PutAsync(key, body, options is null ? null : options with { Condition = WriteCondition.None }, cancellationToken);
        }
    }

    public sealed class CommitsOnDispose(IBucket inner) : DelegatingBucket(inner)
    {
        public override ObjectWriter OpenWrite(string key, PutOptions? options = null) => new Writer(base.OpenWrite(key, options));

        private sealed class Writer(ObjectWriter inner) : ObjectWriter
        {
            private bool _committed;

            public override long BytesWritten => inner.BytesWritten;

            public override ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) => inner.WriteAsync(bytes, cancellationToken);

            public override Task<PutResult> CommitAsync(CancellationToken cancellationToken = default)
            {
                _committed = true;
                return inner.CommitAsync(cancellationToken);
            }

            protected override async ValueTask DisposeAsyncCore()
            {
                if (!_committed)
                {
                    await inner.CommitAsync();
                }

                await inner.DisposeAsync();
            }
        }
    }

    public sealed class IgnoresChecksums(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) =>
            base.PutAsync(key, body, options is null ? null : options with { Checksum = null }, cancellationToken);
    }

    public sealed class RewindsStreams(IBucket inner) : DelegatingBucket(inner)
    {
        public override async Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (body is not null && !body.TryGetBytes(out _) && body.Length is not null)
            {
                await using var stream = body.OpenStream();
                using var copy = new MemoryStream();
                await stream.CopyToAsync(copy, cancellationToken);
                return await base.PutAsync(key, new byte[300].Concat(copy.ToArray()).ToArray(), options, cancellationToken);
            }

            return await base.PutAsync(key, body!, options, cancellationToken);
        }
    }

    public sealed class SortsByCharacters(IBucket inner) : DelegatingBucket(inner)
    {
        public override async Task<ListPage> ListPageAsync(ListOptions? options = null, CancellationToken cancellationToken = default)
        {
            var page = await base.ListPageAsync(options, cancellationToken);
            return page with { Entries = [.. page.Entries.OrderBy(entry => entry.Key, StringComparer.Ordinal)] };
        }
    }

    public sealed class ListsStartAfterToo(IBucket inner) : DelegatingBucket(inner)
    {
        public override async Task<ListPage> ListPageAsync(ListOptions? options = null, CancellationToken cancellationToken = default)
        {
            var page = await base.ListPageAsync(options, cancellationToken);
            return options?.StartAfter is { Length: > 0 } after && options.ContinuationToken is null && await Inner.TryGetInfoAsync(after, null, cancellationToken) is { } info
                ? page with { Entries = [new ListEntry { Key = after, Size = info.Size, Tag = info.Tag }, .. page.Entries] }
                : page;
        }
    }

    public sealed class RepeatsPrefixes(IBucket inner) : DelegatingBucket(inner)
    {
        public override async Task<ListPage> ListPageAsync(ListOptions? options = null, CancellationToken cancellationToken = default)
        {
            var page = await base.ListPageAsync(options, cancellationToken);
            return page with { Entries = [.. page.Entries.SelectMany(entry => entry.Kind == ListEntryKind.Prefix ? new[] { entry, entry } : [entry])] };
        }
    }

    public sealed class FailsToDeleteTheMissing(IBucket inner) : DelegatingBucket(inner)
    {
        public override async Task<DeleteResult> DeleteAsync(string key, DeleteOptions? options = null, CancellationToken cancellationToken = default)
        {
            var result = await base.DeleteAsync(key, options, cancellationToken);
            return result.Outcome == DeleteOutcome.Missing ? throw new CloudException(CloudErrorCode.NotFound, $"There is no object '{key}'.") : result;
        }
    }

    public sealed class DeletesInAnyOrder(IBucket inner) : DelegatingBucket(inner)
    {
        public override async IAsyncEnumerable<DeleteResult> DeleteManyAsync(IAsyncEnumerable<string> keys, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var result in (await base.DeleteManyAsync(keys, cancellationToken).ToListAsync(cancellationToken)).OrderBy(result => result.Key, StringComparer.Ordinal))
            {
                yield return result;
            }
        }
    }

    public sealed class CopiesWithoutMetadata(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<PutResult> CopyAsync(ObjectReference source, string key, CopyOptions? options = null, CancellationToken cancellationToken = default) =>
            base.CopyAsync(source, key, options?.Attributes is not null ? options : (options ?? new CopyOptions()) with { Attributes = new ObjectAttributes() }, cancellationToken);
    }

    public sealed class ForgetsCancellation(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) =>
            base.PutAsync(key, body, options, CancellationToken.None);
    }

    public sealed class TellsAnotherTag(IBucket inner) : DelegatingBucket(inner)
    {
        public override async Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default)
        {
            var result = await base.PutAsync(key, body, options, cancellationToken);
            return result with { Tag = VersionTag.Parse(result.Tag + "-1") };
        }
    }

    public sealed class DeclaresTooMuch(IBucket inner) : DelegatingBucket(inner)
    {
        public override async ValueTask<BucketCapabilities> GetCapabilitiesAsync(CancellationToken cancellationToken = default)
        {
            var capabilities = await base.GetCapabilitiesAsync(cancellationToken);
            return capabilities with { Features = capabilities.Features | BucketFeatures.SignGet | BucketFeatures.InstantArchive };
        }
    }

    public sealed class GivesAwayTheArchive(IBucket inner) : DelegatingBucket(inner)
    {
        public override Task<PutResult> PutAsync(string key, ObjectBody body, PutOptions? options = null, CancellationToken cancellationToken = default) =>
            base.PutAsync(key, body, options is null ? null : options with { Tier = StorageTier.Standard }, cancellationToken);
    }
}
