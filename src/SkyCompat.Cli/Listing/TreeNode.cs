namespace SkyCompat.Cli.Listing;

/// <summary>A folder or object in a tree of names.</summary>
internal sealed class TreeNode(string name)
{
    private SortedDictionary<string, TreeNode>? _children;

    public string Name => name;

    /// <summary>The size in bytes; of a folder, of everything beneath.</summary>
    public long Size { get; private set; }

    public long Objects { get; private set; }

    public long Folders => _children?.Values.Sum(child => child._children is null ? 0 : 1 + child.Folders) ?? 0;

    public void Add(string path, long size)
    {
        Size += size;
        Objects++;
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? path : path[..(slash + 1)];
        _children ??= new SortedDictionary<string, TreeNode>(StringComparer.Ordinal);
        if (!_children.TryGetValue(first, out var child))
        {
            _children.Add(first, child = new TreeNode(first));
        }

        if (slash >= 0 && slash + 1 < path.Length)
        {
            child.Add(path[(slash + 1)..], size);
        }
        else
        {
            // An object, or one whose key ends with a slash and looks like a folder.
            child.Size += size;
            child.Objects++;
        }
    }

    public IEnumerable<string> Draw(int depth) => Draw(depth, "").Prepend(Printable.Text(name));

    public JsonObject ToJson(int depth)
    {
        var document = new JsonObject { ["name"] = name, ["objects"] = Objects, ["size"] = Size };
        if (_children is not null && depth > 0)
        {
            document["children"] = new JsonArray([.. _children.Values.Select(child => (JsonNode)child.ToJson(depth - 1))]);
        }

        return document;
    }

    private IEnumerable<string> Draw(int depth, string indent)
    {
        if (_children is null || depth == 0)
        {
            yield break;
        }

        var left = _children.Count;
        foreach (var child in _children.Values)
        {
            var isLast = --left == 0;
            var count = child._children is null || depth > 1 ? "" : $", {Count.Of(child.Objects, "object")}";
            yield return $"{indent}{(isLast ? "└── " : "├── ")}{Printable.Text(child.Name)}  ({ByteSize.Format(child.Size)}{count})";
            foreach (var line in child.Draw(depth - 1, indent + (isLast ? "    " : "│   ")))
            {
                yield return line;
            }
        }
    }
}
