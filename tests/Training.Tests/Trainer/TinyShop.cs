using DinOrleans.Model.Ranking;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Network;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Tests.Batches;

namespace DinOrleans.Training.Tests.Trainer;

/// <summary>
/// Shoppers with two interests each: a candidate is a positive where its category occurs in the history. Every third history
/// is empty of behaviours after the first, and candidates are padded. Rankings were shown as they stand, but for every seventh.
/// A ragged shop's lists and histories differ so much in length that steps are computed in parts; its labels are random.
/// </summary>
internal sealed class TinyShop(int seed, int items = 60, bool ragged = false) : ITrainingData
{
    public const int Categories = 6;
    public const int Tasks = 1;
    private const int History = 6;
    private const int Candidates = 4;
    private const int Rankings = 64;

    public int StepsPerEpoch => 20;

    public IEnumerable<RankingBatch> Epoch(int epoch) => Enumerable.Range(0, StepsPerEpoch).Select(step => Batch((seed * 7919) + (epoch * 1000) + step));

    public IEnumerable<RankingBatch> Validation() => Enumerable.Range(0, 4).Select(step => Batch(-1 - step));

    public RankingEmbeddings Embeddings(int seed, int extraRows = 0) => new()
    {
        ItemTables = [Table("item.item_id", 1 + items + extraRows, 4, seed), Table("item.category", 1 + Categories, 4, seed)],
        ItemBias = new("item.item_id.bias", 1 + items + extraRows, 1, seed, deviation: 0.001f),
        ItemIdFeature = 0,
        Items = new(
            items,
            [[.. Enumerable.Range(0, items).Select(i => 1 + i)], [.. Enumerable.Range(0, items).Select(i => 1 + (i % Categories))]],
            [.. Enumerable.Range(0, items).Select(i => i / (float)items)],
            1),
        UserTables = [Table("user.segment", 3, 2, seed)],
        Users = new(10, [[.. Enumerable.Range(0, 10).Select(u => 1 + (u % 2))]], [], 0),
        ContextTables = [Table("context.device", 3, 2, seed)],
        Contexts = new(2, [[1, 2]], [], 0),
    };

    public static ScoreLayout Layout { get; } = new(9, 2, 2, Tasks);

    public RankingNetwork Network(int seed, string model = "din", string? options = null, RankingEmbeddings? embeddings = null)
    {
        options ??= """{ "attentionUnits": [16], "topUnits": [16], "activation": "dice" }""";
        return new(RankingModels.Create(model, Layout, options), Layout, embeddings ?? Embeddings(seed), seed);
    }

    public RankingBatch Batch(int seed)
    {
        if (ragged)
        {
            return RaggedLists.Batch(seed, RaggedLists.Lengths(seed, 16, mean: 20, longest: 150), items);
        }

        var random = new Random(seed);
        int[] behaviours = new int[Rankings * History];
        int[] lengths = new int[Rankings];
        int[] candidates = new int[Rankings * Candidates];
        float[] labels = new float[Rankings * Candidates];
        for (int r = 0; r < Rankings; r++)
        {
            int first = random.Next(Categories);
            int second = (first + 1 + random.Next(Categories - 1)) % Categories;
            lengths[r] = r % 3 == 0 ? 2 : History;
            for (int h = 0; h < History; h++)
            {
                behaviours[(r * History) + h] = h < lengths[r] ? ItemOf(random, h % 2 == 0 ? first : second) : -1;
            }

            for (int n = 0; n < Candidates; n++)
            {
                bool positive = random.Next(2) == 0;
                int category = positive ? (random.Next(2) == 0 ? first : second) : random.Next(Categories);
                candidates[(r * Candidates) + n] = r % 5 == 0 && n == Candidates - 1 ? -1 : ItemOf(random, category);
                labels[(r * Candidates) + n] = category == first || category == second ? 1 : 0;
            }
        }

        return new RankingBatch
        {
            Rankings = Rankings,
            HistoryLength = History,
            CandidateCount = Candidates,
            Behaviours = behaviours,
            Lengths = lengths,
            Candidates = candidates,
            Positions = [.. Enumerable.Range(0, Rankings * Candidates).Select(i => candidates[i] < 0 || i / Candidates % 7 == 0 ? -1 : i % Candidates)],
            Labels = labels,
            Users = [.. Enumerable.Range(0, Rankings).Select(r => (r % 11) - 1)],
            Contexts = [.. Enumerable.Range(0, Rankings).Select(r => (r % 3) - 1)],
        };
    }

    private static TrainableTable Table(string key, int rows, int dimension, int seed) => new(key, rows, dimension, seed, deviation: 0.1f);

    private int ItemOf(Random random, int category) => category + (Categories * random.Next(items / Categories));
}
