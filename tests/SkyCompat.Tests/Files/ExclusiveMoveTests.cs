using SkyCompat.Files;

namespace SkyCompat.Tests.Files;

public sealed class ExclusiveMoveTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skycompat-move-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_ByManyAtOnce_IsDoneByOne()
    {
        for (var round = 0; round < 200; round++)
        {
            var to = Path.Combine(_folder, $"to-{round}");
            using var together = new Barrier(8);
            var moved = await Task.WhenAll(Enumerable.Range(0, together.ParticipantCount).Select(mover => Task.Factory.StartNew(
                () =>
                {
                    var from = Path.Combine(_folder, $"from-{mover}");
                    File.WriteAllText(from, $"{mover}");
                    together.SignalAndWait();
                    try
                    {
                        ExclusiveMove.Run(from, to);
                        return File.Exists(from) ? "left behind" : $"{mover}";
                    }
                    catch (IOException)
                    {
                        return null;
                    }
                },
                default,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default)));

            moved.Where(mover => mover is not null).ShouldHaveSingleItem().ShouldBe(await File.ReadAllTextAsync(to, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Run_OfAFileThatIsNotThere_SaysSo() =>
        Should.Throw<FileNotFoundException>(() => ExclusiveMove.Run(Path.Combine(_folder, "absent"), Path.Combine(_folder, "to")));
}
