using System.Text.Json.Serialization;

namespace SkyCompat.Clusters;

/// <summary>Spells texts in kubeconfigs.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class KubeconfigJson : JsonSerializerContext;
