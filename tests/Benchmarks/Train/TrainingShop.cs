using System.Globalization;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.Benchmarks.Train;

/// <summary>Users with one positive each after a full history, of items drawn by Zipf's law from as many as the table has rows.</summary>
internal sealed class TrainingShop
{
    public const int Rankings = 1024;
    public const int History = 50;
    public const int Width = 64;

    private const string View = "view";
    private const string Click = "click";

    private readonly SampleSet _samples;

    /// <param name="rows">The number of rows of the table, including the one of padding.</param>
    /// <param name="steps">Batches an epoch.</param>
    public TrainingShop(int rows, int steps)
    {
        var schema = new FeatureSchema
        {
            ItemFeatures = [new(FeatureSchema.ItemId, Width)],
            Tasks = [new(Click, [Click])],
            Behaviours = new([View], History),
        };
        var builder = new TrainingLogBuilder(schema);
        foreach (BehaviourEvent behaviour in Events(rows, steps * Rankings))
        {
            builder.Add(behaviour);
        }

        TrainingLog log = builder.Build();
        RowOfItem = [.. log.ItemIds.Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
        _samples = SampleSet.Build(log, new SampleOptions { UniformNegatives = 1, PopularNegatives = 0, ValidationShare = 0 });
    }

    /// <summary>Only the items that occur are entities; their rows lie all over the table.</summary>
    public int[] RowOfItem { get; }

    /// <summary>The batches of an epoch, assembled as they are asked for.</summary>
    public IEnumerable<RankingBatch> Epoch(int epoch) => _samples.Training.Batches(Rankings, epoch, shuffle: true);

    private static IEnumerable<BehaviourEvent> Events(int rows, int users)
    {
        var random = new Random(7);
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (int u = 0; u < users; u++)
        {
            string user = u.ToString(CultureInfo.InvariantCulture);
            for (int e = 0; e <= History; e++)
            {
                // The inverse of Zipf's cumulative distribution with exponent 1, as if ranks were continuous.
                int rank = Math.Min(rows - 1, (int)Math.Exp(random.NextDouble() * Math.Log(rows)));

                // A prime that divides neither size spreads frequent items over the table.
                long row = 1 + (rank * 7_368_787L % (rows - 1));
                yield return new BehaviourEvent
                {
                    EventId = e.ToString(CultureInfo.InvariantCulture),
                    UserId = user,
                    ItemId = row.ToString(CultureInfo.InvariantCulture),
                    Type = e == History ? Click : View,
                    Timestamp = start.AddSeconds(e),
                };
            }
        }
    }
}
