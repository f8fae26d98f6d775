using BenchmarkDotNet.Running;
using SkyCompat.Benchmarks.Quick;

// quick NAME…: each measure side by side with its peer in this process, one line each, in a minute or two.
// Anything else goes to BenchmarkDotNet: --list flat, --filter '*Local*'.
if (args is ["quick", .. var names])
{
    return await QuickRunner.RunAsync(names);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
