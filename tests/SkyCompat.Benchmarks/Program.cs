using BenchmarkDotNet.Running;
using SkyCompat.Benchmarks;
using SkyCompat.Benchmarks.Quick;

// quick NAME…: each measure side by side with its peer in this process, one line each, in a minute or two.
// Anything else goes to BenchmarkDotNet: --list flat, --filter '*Local*'.
if (args is ["quick", .. var names])
{
    return await QuickRunner.RunAsync(names);
}

// Our side of the transfer suite, which compares processes.
if (args is ["transfer-worker", .. var places])
{
    return await TransferWorker.RunAsync(places);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
