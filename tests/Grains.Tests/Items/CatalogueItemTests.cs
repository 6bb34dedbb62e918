using DinOrleans.Contracts.Items;
using DinOrleans.Grains.Items;
using DinOrleans.Grains.Scoring;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;
using DinOrleans.TestShop;

namespace DinOrleans.Grains.Tests.Items;

public sealed class CatalogueItemTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catalogue-item-").FullName;

    [Fact]
    public void Rows_OfAnActiveVersionATargetAndTwoArms_AreKeptSideBySide()
    {
        LoadedModel[] models = [.. Enumerable.Range(1, 4).Select(Load)];
        var item = new CatalogueItem(new Item("i0", SmallShop.Features(0)), isKnown: true);
        FeatureRows[] first = [.. models.Select(item.Rows)];
        FeatureRows[] again = [.. models.Select(item.Rows)];
        for (int m = 0; m < models.Length; m++)
        {
            Assert.Equal(first[m], again[m]);
            models[m].Retire();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private LoadedModel Load(int seed) => new(Artifact.Open(UntrainedArtifact.Write(_folder, SmallShop.Schema, SmallShop.Values, seed: seed)), chosen: null);
}
