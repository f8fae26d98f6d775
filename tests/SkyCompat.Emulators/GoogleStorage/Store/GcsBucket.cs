using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.GoogleStorage;

/// <summary>A bucket with its objects. Every method is atomic.</summary>
internal sealed class GcsBucket(GcsStore store, string name, JsonObject resource)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Versions> _objects = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _names = new(KeyOrder.Instance);
    private JsonObject _resource = resource;
    private long _metageneration = 1;
    private bool _deleted;

    public string Name { get; } = name;

    /// <summary>Multipart uploads of the XML API that are neither completed nor aborted.</summary>
    public MultipartUploads Uploads { get; } = new();

    public string StorageClass => Snapshot()["storageClass"]!.GetValue<string>();

    public string Location => Snapshot()["location"]!.GetValue<string>();

    private bool IsVersioned => _resource["versioning"]?["enabled"]?.GetValue<bool>() == true;

    /// <summary>The bucket as the JSON API shows it.</summary>
    public JsonObject Read(Preconditions preconditions)
    {
        lock (_lock)
        {
            preconditions.Check(0, _metageneration);
            return (JsonObject)_resource.DeepClone();
        }
    }

    public JsonObject Change(Preconditions preconditions, Action<JsonObject> change)
    {
        lock (_lock)
        {
            preconditions.Check(0, _metageneration);
            var changed = (JsonObject)_resource.DeepClone();
            change(changed);
            BucketResource.Touch(changed, ++_metageneration, store.Now);
            _resource = changed;
            return (JsonObject)changed.DeepClone();
        }
    }

    /// <exception cref="GcsError">409: objects are left in it, of whatever generation.</exception>
    public void Delete(Preconditions preconditions)
    {
        lock (_lock)
        {
            preconditions.Check(0, _metageneration);
            if (_objects.Count > 0)
            {
                throw GcsError.Conflict("The bucket you tried to delete is not empty.", "BucketNotEmpty");
            }

            _deleted = true;
        }
    }

    /// <summary>The live object, or with <paramref name="generation"/> that one, live or not.</summary>
    /// <exception cref="GcsError">404: there is none.</exception>
    public GcsObject Get(string name, long? generation, Preconditions preconditions)
    {
        lock (_lock)
        {
            var found = Find(name, generation) ?? throw GcsError.ObjectNotFound(Name, name);
            preconditions.Check(found);
            return found;
        }
    }

    /// <summary>Whether <paramref name="preconditions"/> hold of the live object, or of there being none.</summary>
    public void Check(string name, Preconditions preconditions)
    {
        lock (_lock)
        {
            preconditions.Check(Find(name, null));
        }
    }

    /// <summary>Makes <paramref name="created"/> the live object, with a generation and times of its own.</summary>
    public GcsObject Insert(GcsObject created, Preconditions preconditions)
    {
        lock (_lock)
        {
            if (_deleted)
            {
                throw GcsError.BucketNotFound();
            }

            var live = Find(created.Name, null);
            preconditions.Check(live);
            RequireNoHold(live);
            var now = store.Now;
            created = created with
            {
                Bucket = Name,
                Generation = store.NextGeneration(now),
                Metageneration = 1,
                TimeCreated = now,
                Updated = now,
                TimeStorageClassUpdated = now,
                TimeDeleted = null,
            };
            var versions = Add(created.Name);
            versions.Archive(IsVersioned, now);
            versions.Live = created;
            return created;
        }
    }

    /// <summary>Changes what describes the object.</summary>
    public GcsObject Update(string name, long? generation, Preconditions preconditions, Func<ObjectFields, ObjectFields> change)
    {
        lock (_lock)
        {
            var found = Find(name, generation) ?? throw GcsError.ObjectNotFound(Name, name);
            preconditions.Check(found);
            var changed = found with { Fields = change(found.Fields), Metageneration = found.Metageneration + 1, Updated = store.Now };
            _objects[name].Replace(found, changed);
            return changed;
        }
    }

    /// <summary>Without a generation the live object, which a versioned bucket keeps as noncurrent; with one, that one for good.</summary>
    public void Delete(string name, long? generation, Preconditions preconditions)
    {
        lock (_lock)
        {
            var found = Find(name, generation) ?? throw GcsError.ObjectNotFound(Name, name);
            preconditions.Check(found);
            RequireNoHold(found);
            var versions = _objects[name];
            if (generation is null)
            {
                versions.Archive(IsVersioned, store.Now);
            }
            else
            {
                versions.Remove(found);
            }

            if (versions.IsEmpty)
            {
                _objects.Remove(name);
                _names.Remove(name);
            }
        }
    }

    public ObjectPage List(ObjectQuery query)
    {
        lock (_lock)
        {
            var first = query.First;
            return KeyOrder.Instance.Compare(first, KeyOrder.End) >= 0
                ? new ObjectPage([], [], null)
                : query.Run(_names.GetViewBetween(first, KeyOrder.End).Select(name => (name, _objects[name].All(query.Versions))));
        }
    }

    private JsonObject Snapshot()
    {
        lock (_lock)
        {
            return _resource;
        }
    }

    private GcsObject? Find(string name, long? generation)
    {
        if (_deleted)
        {
            throw GcsError.BucketNotFound();
        }

        return _objects.TryGetValue(name, out var versions) ? generation is null ? versions.Live : versions.All(true).FirstOrDefault(item => item.Generation == generation) : null;
    }

    private Versions Add(string name)
    {
        if (!_objects.TryGetValue(name, out var versions))
        {
            _objects[name] = versions = new Versions();
            _names.Add(name);
        }

        return versions;
    }

    private static void RequireNoHold(GcsObject? target)
    {
        if (target?.IsHeld == true)
        {
            var hold = target.Fields.TemporaryHold == true ? "Temporary" : "Event-Based";
            throw new GcsError(403, "forbidden", $"Object '{target.Bucket}/{target.Name}' is under active {hold} hold and cannot be deleted, overwritten or archived until hold is removed.", "ObjectUnderActiveHold");
        }
    }

    /// <summary>The generations of one name.</summary>
    private sealed class Versions
    {
        private readonly List<GcsObject> _noncurrent = [];

        public GcsObject? Live { get; set; }

        public bool IsEmpty => Live is null && _noncurrent.Count == 0;

        /// <summary>Oldest first.</summary>
        public IEnumerable<GcsObject> All(bool noncurrentToo) => (noncurrentToo ? _noncurrent : []).Concat(Live is null ? [] : [Live]);

        public void Archive(bool keep, DateTimeOffset now)
        {
            if (keep && Live is not null)
            {
                _noncurrent.Add(Live with { TimeDeleted = now });
            }

            Live = null;
        }

        public void Replace(GcsObject old, GcsObject changed)
        {
            if (ReferenceEquals(Live, old))
            {
                Live = changed;
            }
            else
            {
                _noncurrent[_noncurrent.IndexOf(old)] = changed;
            }
        }

        public void Remove(GcsObject old)
        {
            if (ReferenceEquals(Live, old))
            {
                Live = null;
            }
            else
            {
                _noncurrent.Remove(old);
            }
        }
    }
}
