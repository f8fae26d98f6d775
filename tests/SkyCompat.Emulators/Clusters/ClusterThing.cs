using System.Text.Json.Nodes;

namespace SkyCompat.Emulators.Clusters;

/// <summary>A cluster or a pool, whose state goes on with the looks at it: no time passes by itself.</summary>
public class ClusterThing(string name, JsonObject document, int looks)
{
    private int _left = looks;
    private Action? _then;

    public string Name { get; } = name;

    /// <summary>What the provider shows of it beside its state.</summary>
    public JsonObject Document { get; } = document;

    public ThingState State { get; private set; } = ThingState.Creating;

    public bool IsGone => State == ThingState.Gone;

    public bool IsBusy => State is ThingState.Creating or ThingState.Updating or ThingState.Deleting;

    /// <summary>Whether what it goes through ends badly.</summary>
    public bool Fails { get; set; }

    /// <summary>Looks at it: after some looks it comes to the next state.</summary>
    public void Look()
    {
        if (!IsBusy || --_left > 0)
        {
            return;
        }

        State = Fails ? ThingState.Failed : State == ThingState.Deleting ? ThingState.Gone : ThingState.Running;
        _then?.Invoke();
        _then = null;
    }

    /// <summary>Begins a change that is done after some looks.</summary>
    public void Change(int looks, Action? then = null) => (State, _left, _then) = (ThingState.Updating, looks, then);

    /// <summary>Begins the deletion, which ends well whatever failed before.</summary>
    public void Delete(int looks) => (State, _left, _then, Fails) = (ThingState.Deleting, looks, null, false);
}
