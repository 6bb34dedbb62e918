using DinOrleans.TestMachine;
using DinOrleans.Training.Service.Attempts;

namespace DinOrleans.Training.Tests.Service.Attempts;

public sealed class WorkFolderTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    private WorkFolders Folders => new(_data["trainings"]);

    public void Dispose() => _data.Dispose();

    [Fact]
    public void ReadPlan_OfAnotherAttempt_IsWhatWasWritten()
    {
        var plan = new TrainingPlan(DateTimeOffset.UnixEpoch.AddTicks(1), "v1");
        Assert.Null(Folders.Of("t1").ReadPlan());
        Folders.Of("t1").Write(plan);
        Assert.Equal(plan, Folders.Of("t1").ReadPlan());
        Assert.Null(Folders.Of("t2").ReadPlan());
    }

    [Fact]
    public void ReadPlan_ThatIsDamaged_IsNone()
    {
        Folders.Of("t1").Write(new(null, null));
        File.WriteAllText(Path.Combine(_data["trainings"], "t1", "plan.json"), "{");
        Assert.Null(Folders.Of("t1").ReadPlan());
    }

    [Fact]
    public void StartAttempt_AfterOthers_HasWhatTheLastOneLeftAndNothingHalfWritten()
    {
        WorkFolder folder = Folders.Of("t1");
        File.WriteAllText(Path.Combine(folder.StartAttempt(1), "checkpoint.bin"), "old");
        string second = folder.StartAttempt(2);
        Assert.Equal("old", File.ReadAllText(Path.Combine(second, "checkpoint.bin")));
        File.WriteAllText(Path.Combine(second, "checkpoint.bin"), "new");
        File.WriteAllText(Path.Combine(second, "checkpoint.bin.writing"), "half");
        string eleventh = folder.StartAttempt(11);
        Assert.Equal("new", File.ReadAllText(Assert.Single(Directory.GetFiles(eleventh))));
        Assert.Equal("new", File.ReadAllText(Path.Combine(folder.StartAttempt(12), "checkpoint.bin")));
    }

    [Fact]
    public void TrainedVersion_OfWhatIsStillBeingWritten_IsNone()
    {
        WorkFolder folder = Folders.Of("t1");
        Assert.Null(folder.TrainedVersion());
        Directory.CreateDirectory(Path.Combine(folder.Versions, ".writing-1"));
        Assert.Null(folder.TrainedVersion());
        Directory.CreateDirectory(Path.Combine(folder.Versions, "v1"));
        Assert.Equal("v1", Path.GetFileName(folder.TrainedVersion()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    public void Of_AnIdThatIsNoName_Throws(string id) => Assert.Throws<ArgumentException>(() => Folders.Of(id));

    [Fact]
    public async Task RemoveOverAsync_OfSeveral_KeepsThoseThatGoOn()
    {
        Folders.Of("t1").Write(new(null, null));
        Folders.Of("t2").Write(new(null, null));
        await Folders.RemoveOverAsync(id => Task.FromResult(id == "t1"));
        Assert.Equal(["t2"], Directory.GetDirectories(_data["trainings"]).Select(Path.GetFileName));
    }
}
