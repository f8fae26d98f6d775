// SkyCompat.Emulators ack|aks|arm|ecs|eks|gce|gcs|gke|oss --port N: one service, on 127.0.0.1, until SIGINT or SIGTERM.
using SkyCompat.Emulators;
using SkyCompat.Emulators.AlibabaEcs;
using SkyCompat.Emulators.AlibabaOss;
using SkyCompat.Emulators.AzureResourceManager;
using SkyCompat.Emulators.Clusters;
using SkyCompat.Emulators.GoogleCompute;
using SkyCompat.Emulators.GoogleStorage;

// One line per emulator; the function starts it with the arguments that follow its name.
var emulators = new Dictionary<string, Func<EmulatorArguments, Task<IEmulator>>>(StringComparer.Ordinal)
{
    ["ecs"] = static async arguments => await EcsEmulator.StartAsync(EcsEmulatorOptions.From(arguments)),
    ["arm"] = static async arguments => await ArmEmulator.StartAsync(ArmEmulatorOptions.From(arguments)),
    ["gce"] = static async arguments => await GceEmulator.StartAsync(GceEmulatorOptions.From(arguments)),
    ["gcs"] = static async arguments => await GcsEmulator.StartAsync(GcsEmulatorOptions.From(arguments)),
    ["oss"] = static async arguments => await OssEmulator.StartAsync(OssEmulatorOptions.From(arguments)),
    ["ack"] = ClusterEmulator.StartAsync<AckEmulator>,
    ["aks"] = ClusterEmulator.StartAsync<AksEmulator>,
    ["eks"] = ClusterEmulator.StartAsync<EksEmulator>,
    ["gke"] = ClusterEmulator.StartAsync<GkeEmulator>,
};

return await EmulatorCommand.RunAsync(args, emulators);
