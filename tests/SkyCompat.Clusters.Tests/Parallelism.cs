// Most of these tests wait for pods, not for a processor.
[assembly: CollectionBehavior(MaxParallelThreads = 6)]
