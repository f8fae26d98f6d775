using System.Globalization;
using System.Net.Sockets;
using SkyCompat.Conformance.Internal;
using SkyCompat.Workloads;

namespace SkyCompat.Conformance.Suites;

/// <summary>Cases of what pods say and of the ways into them: logs, programs, ports, watches, lists, events.</summary>
internal static class PodAccessCases
{
    private const int PipeBytes = 3_000_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<WorkloadCase> All { get; } =
    [
        new("workload.logs.follow", "A follower has each line once, from before the start to the end of the pod.", FollowLogs),
        new("workload.logs.tail", "The last lines are read, and long lines are cut where asked.", TailLogs),
        new("workload.logs.missing", "The logs of a pod or container that does not exist are NotFound.", MissingLogs),
        new("workload.exec", "A program has output, errors and an exit code, and no shell reads its arguments.", Exec),
        new("workload.exec.input", "A program reads what it is given.", ExecInput),
        new("workload.exec.bounded", "More output than is kept is cut, said so, and told piece by piece.", ExecBounded),
        new("workload.exec.no-shell", "An image without a shell is a ProgramNotFound.", ExecWithoutShell),
        new("workload.exec.not-started", "A program in a container that does not run is NotStarted, and in no pod NotFound.", ExecTooEarly),
        new("workload.port.stream", "A port of a pod is a stream in both directions.", PortStream),
        new("workload.port.listener", "A port of a pod is a port here, for several at once, and a taken one is said.", PortListener),
        new("workload.port.pipe", "Megabytes arrive as they were sent.", PortPipe),
        new("workload.port.closed", "A port on which nothing listens is said.", PortClosed),
        new("workload.pods.pages", "Pods are listed page by page, by workload and by labels.", ListPods),
        new("workload.pods.watch", "A watch tells what there is, then each change, then the end.", WatchPods),
        new("workload.events", "Events tell what happened to a pod.", Events),
    ];

    private static async Task FollowLogs(WorkloadContext context, CancellationToken cancellationToken)
    {
        const int Lines = 200;
        await context.Workloads.ApplyAsync(context.Job("talk", $"i=0; while [ $i -lt {Lines} ]; do echo line $i; i=$((i+1)); [ $((i % 50)) -ne 0 ] || usleep 200000; done"), cancellationToken: cancellationToken);
        var pod = await context.PodWhenAsync("talk", _ => true, cancellationToken);
        var read = await context.Workloads.ReadLogsAsync(pod.Name, new LogOptions { Follow = true }, cancellationToken).ToListAsync(cancellationToken);
        Expect.Sequence(Enumerable.Range(0, Lines).Select(number => string.Create(CultureInfo.InvariantCulture, $"line {number}")), read.Select(line => line.Text), "lines");
        Expect.Equal(PodPhase.Succeeded, (await context.PodWhenAsync("talk", pod => pod.Phase == PodPhase.Succeeded, cancellationToken)).Phase, "phase");
    }

    private static async Task TailLogs(WorkloadContext context, CancellationToken cancellationToken)
    {
        await context.Workloads.ApplyAndWaitAsync(context.Job("talk", "echo one; echo two; echo three; head -c 5000 /dev/zero | tr '\\0' x; echo"), cancellationToken: cancellationToken);
        var pod = (await context.PodsAsync("talk", cancellationToken)).Single().Name;
        Expect.Sequence([5, 5000], (await ReadAsync(new LogOptions { Tail = 2 })).Select(text => text.Length), "lengths of the last two lines");
        Expect.Equal(1024, (await ReadAsync(new LogOptions { MaxLineBytes = 1024 }))[^1].Length, "length of the line that is cut");
        Expect.Sequence(["one", "two", "three"], await context.Workloads.ReadWorkloadLogsAsync("talk", cancellationToken: cancellationToken).Select(line => line.Text).Take(3).ToListAsync(cancellationToken), "lines by the workload's name");

        async Task<List<string>> ReadAsync(LogOptions options) => await context.Workloads.ReadLogsAsync(pod, options, cancellationToken).Select(line => line.Text).ToListAsync(cancellationToken);
    }

    private static async Task MissingLogs(WorkloadContext context, CancellationToken cancellationToken)
    {
        var pod = await context.StartAsync(context.Server("app", "exec sleep 1000"), cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.NotFound, null, () => ReadAsync("nobody", null));
        await Expect.FailsAsync(CloudErrorCode.NotFound, null, () => ReadAsync(pod, new LogOptions { Container = "other" }));

        Task ReadAsync(string name, LogOptions? options) => context.Workloads.ReadLogsAsync(name, options, cancellationToken).CountAsync(cancellationToken).AsTask();
    }

    private static async Task Exec(WorkloadContext context, CancellationToken cancellationToken)
    {
        var pod = await context.StartAsync(context.Server("app", "exec sleep 1000"), cancellationToken);
        Expect.Equal(new ExecResult(4, "out\n", "err\n", false), await context.Workloads.ExecAsync(pod, ["sh", "-c", "echo out; echo err >&2; exit 4"], cancellationToken: cancellationToken), "result");
        Expect.Equal(new ExecResult(0, "", "", false), await context.Workloads.ExecAsync(pod, ["true"], cancellationToken: cancellationToken), "result of a silent program");
        Expect.Equal("$HOME $(HOME) a  b ü&?\n", (await context.Workloads.ExecAsync(pod, ["echo", "$HOME", "$(HOME)", "a  b", "ü&?"], cancellationToken: cancellationToken)).Output, "arguments");
    }

    private static async Task ExecInput(WorkloadContext context, CancellationToken cancellationToken)
    {
        var pod = await context.StartAsync(context.Server("app", "exec sleep 1000"), cancellationToken);
        Expect.Equal("12345", (await context.Workloads.ExecAsync(pod, ["head", "-c", "5"], new ExecOptions { Input = "12345678"u8.ToArray() }, cancellationToken)).Output, "output");
    }

    private static async Task ExecBounded(WorkloadContext context, CancellationToken cancellationToken)
    {
        var pod = await context.StartAsync(context.Server("app", "exec sleep 1000"), cancellationToken);
        long told = 0;
        var result = await context.Workloads.ExecAsync(
            pod, ["head", "-c", "3000000", "/dev/zero"], new ExecOptions { MaxOutputBytes = 1000, OnOutput = (piece, isError) => told += isError ? 0 : piece.Length }, cancellationToken);
        Expect.Equal((0, 1000, true, 3_000_000L), (result.ExitCode, result.Output.Length, result.IsTruncated, told), "exit code, kept, cut and told");
    }

    private static async Task ExecWithoutShell(WorkloadContext context, CancellationToken cancellationToken)
    {
        var pod = await context.StartAsync(new Workload { Name = "quiet", Image = context.Harness.BareImage, StopTimeout = TimeSpan.Zero }, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.NotFound, WorkloadErrorReasons.ProgramNotFound, () => context.Workloads.ExecAsync(pod, ["sh", "-c", "true"], cancellationToken: cancellationToken));
        await Expect.FailsAsync(CloudErrorCode.NotFound, WorkloadErrorReasons.ProgramNotFound, () => context.Workloads.ExecAsync(pod, ["/bin/bash"], cancellationToken: cancellationToken));
    }

    private static async Task ExecTooEarly(WorkloadContext context, CancellationToken cancellationToken)
    {
        await context.Workloads.ApplyAsync(context.Server("app", "true") with { Resources = new WorkloadResources { Cpu = 999 } }, cancellationToken: cancellationToken);
        var pending = await context.PodWhenAsync("app", _ => true, cancellationToken);
        await Expect.FailsAsync(CloudErrorCode.Conflict, WorkloadErrorReasons.NotStarted, () => context.Workloads.ExecAsync(pending.Name, ["true"], cancellationToken: cancellationToken));
        await Expect.FailsAsync(CloudErrorCode.NotFound, null, () => context.Workloads.ExecAsync("nobody", ["true"], cancellationToken: cancellationToken));
    }

    private static async Task PortStream(WorkloadContext context, CancellationToken cancellationToken)
    {
        var pod = await context.StartAsync(context.Site("web", "page"), cancellationToken);
        Expect.True((await GetPageAsync(await context.Workloads.OpenPortAsync(pod, 8080, cancellationToken), cancellationToken)).EndsWith("page\n", StringComparison.Ordinal), "the page is served");
        await Expect.FailsAsync(CloudErrorCode.NotFound, null, () => context.Workloads.OpenPortAsync("nobody", 8080, cancellationToken));
    }

    private static async Task PortListener(WorkloadContext context, CancellationToken cancellationToken)
    {
        var pod = await context.StartAsync(context.Site("web", "page"), cancellationToken);
        await using var forward = await context.Workloads.ListenAsync(pod, 8080, cancellationToken: cancellationToken);
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ConnectAsync(forward.LocalPort)));
        Expect.Equal(8, pages.Count(page => page.Contains(" 200 ", StringComparison.Ordinal) && page.EndsWith("page\n", StringComparison.Ordinal)), "pages");
        await Expect.FailsAsync(CloudErrorCode.AlreadyExists, null, () => context.Workloads.ListenAsync(pod, 8080, forward.LocalPort, cancellationToken));

        async Task<string> ConnectAsync(int port)
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken);
            return await GetPageAsync(client.GetStream(), cancellationToken);
        }
    }

    private static async Task PortPipe(WorkloadContext context, CancellationToken cancellationToken)
    {
        var workload = context.Server("app", "exec nc -ll -p 7000 -e cat") with { ReadinessProbe = new WorkloadProbe { Port = 7000, Interval = TimeSpan.FromSeconds(1) } };
        var pod = await context.StartAsync(workload, cancellationToken);
        var sent = TestBytes.Create(PipeBytes, 1);
        var received = new byte[PipeBytes];
        await using var stream = await context.Workloads.OpenPortAsync(pod, 7000, cancellationToken);
        var writing = stream.WriteAsync(sent, cancellationToken).AsTask();
        await stream.ReadExactlyAsync(received, cancellationToken);
        await writing;
        Expect.Bytes(sent, received, "what came back");
    }

    private static async Task PortClosed(WorkloadContext context, CancellationToken cancellationToken)
    {
        var pod = await context.StartAsync(context.Server("app", "exec sleep 1000"), cancellationToken);
        await using var forward = await context.Workloads.ListenAsync(pod, 9, cancellationToken: cancellationToken);
        var failed = new TaskCompletionSource<CloudException>(TaskCreationOptions.RunContinuationsAsynchronously);
        forward.Failed += (_, failure) => failed.TrySetResult(failure.Error);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", forward.LocalPort, cancellationToken);
        Expect.Equal(0, await client.GetStream().ReadAsync(new byte[1], cancellationToken), "bytes");
        var error = await failed.Task.WaitAsync(Patience, cancellationToken);
        Expect.True(error.Message.Contains("Port 9 of the pod", StringComparison.Ordinal), $"'{error.Message}' names the port");
    }

    private static async Task ListPods(WorkloadContext context, CancellationToken cancellationToken)
    {
        await context.Workloads.ApplyAndWaitAsync(context.Server("other", "exec sleep 1000"), cancellationToken: cancellationToken);
        await context.Workloads.ApplyAndWaitAsync(context.Server("store", "exec sleep 1000") with { Kind = WorkloadKind.StatefulSet, Replicas = 3 }, cancellationToken: cancellationToken);
        Expect.Sequence(["store-0", "store-1", "store-2"], await NamesAsync(new PodQuery { Workload = "store", PageSize = 1 }), "pods by page of one");
        Expect.Sequence(["store-1"], await NamesAsync(new PodQuery { Workload = "store", LabelSelector = "statefulset.kubernetes.io/pod-name=store-1" }), "pods by label");
        Expect.Equal(4, (await NamesAsync(new PodQuery { PageSize = 3 })).Count, "pods of the namespace");
        Expect.Equal(0, (await NamesAsync(new PodQuery { Workload = "nobody" })).Count, "pods of no workload");

        async Task<IReadOnlyList<string>> NamesAsync(PodQuery query) => await context.Workloads.ListPodsAsync(query, cancellationToken).Select(pod => pod.Name).ToListAsync(cancellationToken);
    }

    private static async Task WatchPods(WorkloadContext context, CancellationToken cancellationToken)
    {
        await context.Workloads.ApplyAndWaitAsync(context.Server("first", "exec sleep 1000"), cancellationToken: cancellationToken);
        await using var changes = context.Activity.WatchPodsAsync(new PodQuery { Workload = "second" }, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var next = changes.MoveNextAsync();
        await context.Workloads.ApplyAsync(context.Server("second", "exec sleep 1000"), cancellationToken: cancellationToken);
        Expect.True(await next, "there is a change");
        var added = changes.Current;
        Expect.Equal((PodChangeKind.Added, "second"), (added.Kind, added.Pod.Workload), "first change");
        await ReadUntilAsync(change => change is { Kind: PodChangeKind.Modified, Pod.IsReady: true });
        var deleting = context.Workloads.DeleteAsync("second", cancellationToken: cancellationToken);
        await ReadUntilAsync(change => change.Kind == PodChangeKind.Deleted);
        await deleting;

        async Task ReadUntilAsync(Func<PodChange, bool> isIt)
        {
            do
            {
                Expect.True(await changes.MoveNextAsync(), "the watch goes on");
                Expect.Equal(added.Pod.Uid, changes.Current.Pod.Uid, "pod");
                Expect.NotEqual(PodChangeKind.Added, changes.Current.Kind, "kind of a later change");
            }
            while (!isIt(changes.Current));
        }
    }

    private static async Task Events(WorkloadContext context, CancellationToken cancellationToken)
    {
        var pod = await context.StartAsync(context.Server("app", "exec sleep 1000"), cancellationToken);
        var events = await context.Activity.ListEventsAsync(pod, cancellationToken).ToListAsync(cancellationToken);
        Expect.True(events.Exists(item => item.Reason == "Scheduled"), $"{string.Join(", ", events.Select(item => item.Reason))} has Scheduled");
        Expect.True(events.TrueForAll(item => item.ObjectName == pod), "all are of the pod");
    }

    private static async Task<string> GetPageAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var owned = stream;
        await stream.WriteAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), cancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
