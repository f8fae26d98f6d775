using SkyCompat.Workloads;

namespace SkyCompat.Transfer.Spreading;

/// <summary>Workers in the pods of one parallel job.</summary>
internal sealed class JobFleet(IWorkloads workloads, Workload job, TimeSpan unschedulableGrace, TimeSpan look, TimeProvider time) : ITransferFleet
{
    /// <summary>A transfer takes as long as it takes.</summary>
    private static readonly TimeSpan NoTimeout = TimeSpan.FromDays(3650);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        switch (await workloads.TryGetAsync(job.Name, cancellationToken).ConfigureAwait(false))
        {
            case { Phase: WorkloadPhase.Progressing }:
                // Pods of a job cannot be changed, and these do what is to be done.
                return;
            case not null:
                await workloads.DeleteAsync(job.Name, null, cancellationToken).ConfigureAwait(false);
                break;
            default:
                break;
        }

        await workloads.ApplyAsync(job, null, cancellationToken).ConfigureAwait(false);
    }

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await workloads.WaitAsync(job.Name, new WaitOptions { Timeout = NoTimeout, UnschedulableGrace = unschedulableGrace }, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (CloudException exception) when (exception.Reason is WorkloadErrorReasons.Unschedulable or WorkloadErrorReasons.ImagePull or WorkloadErrorReasons.PodsRefused)
            {
                // One that cannot start does not end what the others do.
                if (await workloads.TryGetRunningPodAsync(job.Name, cancellationToken).ConfigureAwait(false) is null)
                {
                    throw;
                }

                await Task.Delay(look, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => workloads.DeleteAsync(job.Name, null, cancellationToken);
}
