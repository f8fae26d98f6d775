namespace SkyCompat.Compute;

/// <summary>Which phases lead to a goal and which never will, so that waiting ends as soon as its outcome is known.</summary>
internal static class GoalRules
{
    public static bool IsReached(OperationGoal goal, Instance instance) => Judge(goal, instance, settled: true) == GoalVerdict.Reached;

    /// <summary>Judges an instance that the provider shows.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="instance">The instance.</param>
    /// <param name="settled">Whether the provider had time enough to show what was asked; before, the old state may still be seen.</param>
    public static GoalVerdict Judge(OperationGoal goal, Instance instance, bool settled)
    {
        var phase = instance.Phase;
        if (goal == OperationGoal.Terminate)
        {
            return phase == InstancePhase.Gone ? GoalVerdict.Reached : GoalVerdict.Pending;
        }

        if (phase is InstancePhase.Gone or InstancePhase.Deleting or InstancePhase.Failed || instance.Preempted)
        {
            return GoalVerdict.Lost;
        }

        return goal switch
        {
            OperationGoal.Launch => phase switch
            {
                InstancePhase.Running => GoalVerdict.Reached,
                InstancePhase.Stopping or InstancePhase.Stopped or InstancePhase.Hibernating or InstancePhase.Hibernated => GoalVerdict.Lost,
                _ => GoalVerdict.Pending,
            },
            OperationGoal.Start or OperationGoal.Reboot => phase switch
            {
                InstancePhase.Running => GoalVerdict.Reached,
                InstancePhase.Stopped or InstancePhase.Hibernated when settled => GoalVerdict.Lost,
                _ => GoalVerdict.Pending,
            },
            OperationGoal.Stop => phase == InstancePhase.Stopped && !instance.ComputeBilled ? GoalVerdict.Reached : Unmoved(phase, settled),
            OperationGoal.StopKeepAllocated => phase == InstancePhase.Stopped ? GoalVerdict.Reached : Unmoved(phase, settled),
            _ => phase == InstancePhase.Hibernated ? GoalVerdict.Reached : Unmoved(phase, settled),
        };
    }

    private static GoalVerdict Unmoved(InstancePhase phase, bool settled) => phase == InstancePhase.Running && settled ? GoalVerdict.Lost : GoalVerdict.Pending;
}
