using Xunit.v3;

// Most of these tests wait for pods, not for a processor.
[assembly: Parallelization(MaxThreads = 6)]
