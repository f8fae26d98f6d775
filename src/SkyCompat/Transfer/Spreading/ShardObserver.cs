namespace SkyCompat.Transfer.Spreading;

/// <summary>Tells the coordinator of the progress of a shard, by the worker's signs of life, and whoever else wants to know.</summary>
internal sealed class ShardObserver(Member member, int shard, TransferObserver? next) : TransferObserver
{
    public override void OnStarting(TransferOutline outline) => next?.OnStarting(outline);

    public override void OnProgress(TransferProgress progress)
    {
        member.State = new LifeSign(0, shard, progress);
        next?.OnProgress(progress);
    }

    public override void OnObject(TransferResult result) => next?.OnObject(result);
}
