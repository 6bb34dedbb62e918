using DinOrleans.Datasets.Guesses;
using DinOrleans.Datasets.Import;
using DinOrleans.Datasets.Import.Plans;
using DinOrleans.Model.Schema;
using DinOrleans.TestMachine;

namespace DinOrleans.Datasets.Tests.Guesses;

/// <summary>Files in the forms of well-known datasets become datasets without an option.</summary>
public sealed class PublicShapesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Shapes => [.. PublicShape.All.Select(s => s.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Guess_PublicShape_GivesTheDatasetWithoutAnOption(string name)
    {
        PublicShape shape = PublicShape.All.Single(s => s.Name == name);
        string[] files = shape.Write(_folder);

        PlanGuess guess = PlanGuess.Of(files, new(), TestContext.Current.CancellationToken);
        ImportResult result = new PlanImporter(guess.Plan).Import(guess.Plan.Events.Path, _folder["shop"], TestContext.Current.CancellationToken);

        DatasetFolder dataset = DatasetFolder.Open(_folder["shop"]);
        Assert.Equal(_folder[shape.Files[0].File], guess.Plan.Events.Path);
        Assert.Equal(shape.FirstEvent, dataset.ReadEvents().Select(e => $"{e.UserId} {e.ItemId} {e.Type}").First());
        Assert.Equal(
            shape.Expected,
            ((int)result.Dataset.Events, (int)result.Dataset.EventUsers, (int)result.Dataset.Items, (int)result.Dataset.Profiles, (int)result.LeftOut));
        Assert.Equal(shape.Window, $"{Rfc3339.Format(result.Dataset.Window!.Value.From)} to {Rfc3339.Format(result.Dataset.Window!.Value.To)}");
        Assert.Equal(0, result.Dataset.UnmatchedEvents);
        Assert.Equal(shape.Schema, Text(dataset.Schema));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Guess_SameFilesInAnotherOrder_GivesTheSamePlan(string name)
    {
        string[] files = PublicShape.All.Single(s => s.Name == name).Write(_folder);

        Assert.Equal(
            PlanJson.Write(PlanGuess.Of(files, new(), TestContext.Current.CancellationToken).Plan),
            PlanJson.Write(PlanGuess.Of([.. files.Reverse()], new(), TestContext.Current.CancellationToken).Plan));
    }

    private static string Text(FeatureSchema schema) => string.Join(
        " | ",
        string.Join(' ', schema.ItemFeatures.Select(f => f.Name)),
        string.Join(' ', schema.UserFeatures.Select(f => f.Name)),
        string.Join(' ', schema.NumericFeatures.Select(f => f.Name))).Replace("|  |", "| |", StringComparison.Ordinal).TrimEnd();
}
