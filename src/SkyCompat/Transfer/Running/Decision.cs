using SkyCompat.Transfer.Sides;

namespace SkyCompat.Transfer.Running;

/// <summary>What is to be done about one name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Source">What the source has.</param>
/// <param name="Target">What the destination is known to have.</param>
/// <param name="Action">What to do; <see cref="TransferAction.Copy"/> may turn into a skip where a closer look is needed.</param>
/// <param name="NeedsLook">Whether only a closer look tells if the two are the same.</param>
/// <param name="IsResumed">Whether it is skipped because an earlier run finished it.</param>
/// <param name="Reason">Why.</param>
internal readonly record struct Decision(string Name, SideEntry? Source, SideEntry? Target, TransferAction Action, bool NeedsLook, bool IsResumed, string Reason);
