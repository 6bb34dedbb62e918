using System.Globalization;
using DinOrleans.Contracts;
using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Log;
using DinOrleans.Training.Samples.Splits;

namespace DinOrleans.TestLog;

/// <summary>Logs written as text: one event a line, "user item type minute [ranking]".</summary>
public static class LogOf
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static FeatureSchema Schema(int maxLength = 50, params RankingTask[] tasks) => new()
    {
        ItemFeatures = [new("item_id", 4)],
        Tasks = tasks.Length > 0 ? tasks : [new("click", ["click"])],
        Behaviours = new(["click"], maxLength),
        OtherEvents = ["impression"],
    };

    public static TrainingLog Events(FeatureSchema schema, string[] items, params string[] events) => Data(
        schema,
        items.Select(id => new Item(id, EmptyFeatures.Instance)),
        [],
        events.Select((line, i) =>
        {
            string[] parts = line.Split(' ');
            return new BehaviourEvent
            {
                EventId = $"e{i}",
                UserId = parts[0],
                ItemId = parts[1],
                Type = parts[2],
                Timestamp = Start.AddMinutes(double.Parse(parts[3], CultureInfo.InvariantCulture)),
                RankingId = parts.Length > 4 ? parts[4] : null,
            };
        }));

    /// <summary>A log of what is in memory.</summary>
    public static TrainingLog Data(
        FeatureSchema schema, IEnumerable<Item> items, IEnumerable<KeyValuePair<string, UserProfile>> users, IEnumerable<BehaviourEvent> events)
    {
        var builder = new TrainingLogBuilder(schema);
        foreach (Item item in items)
        {
            builder.Add(item);
        }

        foreach ((string user, UserProfile profile) in users)
        {
            builder.Add(user, profile);
        }

        foreach (BehaviourEvent behaviour in events)
        {
            builder.Add(behaviour);
        }

        return builder.Build();
    }

    /// <summary>A log of users with random clicks on random items, times colliding now and then.</summary>
    public static TrainingLog Random(int users = 40, int items = 60, int maxLength = 10)
    {
        var random = new Random(7);
        var events = new List<string>();
        for (int user = 0; user < users; user++)
        {
            int clicks = random.Next(0, 30);
            for (int i = 0; i < clicks; i++)
            {
                events.Add($"u{user} i{random.Next(items)} click {random.Next(0, 20)}");
            }
        }

        return Events(Schema(maxLength), [.. Enumerable.Range(0, items).Select(i => $"i{i}")], [.. events]);
    }

    /// <summary>Rankings as text: "user [history] candidate=label…", in the order of the batches.</summary>
    public static string[] Describe(TrainingLog log, SampleSplit split, int batchSize = 3, int epoch = 0, bool shuffle = false) =>
        [.. split.Batches(batchSize, epoch, shuffle).SelectMany(batch => Describe(log, batch))];

    /// <summary>Rankings as text: "candidate@position…", padding as "-", in the order of the batches.</summary>
    public static string[] Positions(TrainingLog log, SampleSplit split) =>
    [
        .. split.Batches(100, epoch: 0, shuffle: false).SelectMany(batch => Enumerable.Range(0, batch.Rankings).Select(
            r => string.Join(' ', Candidates(batch, r).Select(
                n => $"{(batch.Candidates[n] < 0 ? "-" : log.ItemIds[batch.Candidates[n]])}@{batch.Positions![n]}")))),
    ];

    private static string[] Describe(TrainingLog log, RankingBatch batch)
    {
        string[] rankings = new string[batch.Rankings];
        for (int r = 0; r < rankings.Length; r++)
        {
            var history = batch.Behaviours.Skip(r * batch.HistoryLength).Take(batch.Lengths[r]).Select(item => log.ItemIds[item]);
            var candidates = Candidates(batch, r)
                .Where(n => batch.Candidates[n] >= 0)
                .Select(n => log.ItemIds[batch.Candidates[n]] + "=" + string.Join('/', batch.Labels.Skip(n * batch.TaskCount).Take(batch.TaskCount)));
            rankings[r] = $"{log.UserIds[batch.Users[r]]} [{string.Join(' ', history)}] {string.Join(' ', candidates)}";
        }

        return rankings;
    }

    private static IEnumerable<int> Candidates(RankingBatch batch, int ranking) =>
        Enumerable.Range(ranking * batch.CandidateCount, batch.CandidateCount);
}
