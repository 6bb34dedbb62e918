using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Datasets;
using DinOrleans.Model.Schema;
using DinOrleans.TestShop;

namespace DinOrleans.Standalone.Tests.GeneratedInput;

/// <summary>A small shop with a number of every source and of every normalisation.</summary>
internal sealed class GeneratedShop : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("generated-input-").FullName;

    public GeneratedShop()
    {
        using var writer = DatasetWriter.Create(Dataset, Schema);
        for (int i = 0; i < 5; i++)
        {
            // Without a category, which nothing can be learned from.
            writer.Write(new Item($"i{i}", new Dictionary<string, string> { ["price"] = $"{i}", ["weight"] = $"{i}.5" }));
            writer.Write(new BehaviourEvent { EventId = $"e{i}", UserId = "u1", ItemId = $"i{i}", Type = "click", Timestamp = new(2025, 1, 1 + i, 0, 0, 0, TimeSpan.Zero) });
        }

        writer.Commit();
    }

    private static FeatureSchema Schema { get; } = new()
    {
        ItemFeatures = [new("item_id", 6), new("category", 2)],
        UserFeatures = [new("country", 2)],
        ContextFeatures = [new("device", 2)],
        NumericFeatures =
        [
            new("price", FeatureSource.Item, Normalisation.Standard), new("weight", FeatureSource.Item, Normalisation.None),
            new("age", FeatureSource.User, Normalisation.Standard), new("hour", FeatureSource.Context, Normalisation.None),
        ],
        Tasks = [new("click", ["click"])],
        Behaviours = new(["click"], 10),
        OtherEvents = ["impression"],
    };

    private string Dataset => Path.Combine(_folder, "dataset");

    /// <summary>Arguments that serve it.</summary>
    /// <param name="withVersion">With a version that is not trained; without one, every start reads the whole log to train a first one.</param>
    public IEnumerable<string> Arguments(bool withVersion)
    {
        IEnumerable<string> arguments = ["--dataset", Dataset, "--data", Path.Combine(_folder, "data")];
        return withVersion ? [.. arguments, "--artifact", WriteVersion()] : arguments;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string WriteVersion() => UntrainedArtifact.Write(
        Path.Combine(_folder, "versions"),
        Schema,
        new Dictionary<string, string[]> { ["item.item_id"] = ["i0", "i1", "i2"], ["item.category"] = ["c1"], ["user.country"] = ["de"], ["context.device"] = ["ios"] });
}
