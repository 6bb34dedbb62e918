using System.Diagnostics;
using DinOrleans.Model.Ranking;
using DinOrleans.Training.Batches;
using DinOrleans.Training.Network;
using DinOrleans.Training.Network.Embeddings;
using DinOrleans.Training.Torch;
using DinOrleans.Training.Trainer;
using static TorchSharp.torch;

namespace DinOrleans.Benchmarks.Train;

/// <summary>A training whose epochs are turns; it notes what each took.</summary>
internal sealed class Contestant(string name, int rows, int steps, Turns turns, int place, TrainerOptions options) : ITrainingData
{
    private const double BytesAMiB = 1 << 20;
    private const string Network = """{ "attentionUnits": [80, 40], "topUnits": [200, 80], "activation": "sigmoid", "softmax": false, "useBias": false }""";

    private readonly TrainingShop _shop = new(rows, steps);
    private readonly List<double> _stepSeconds = [];
    private readonly List<double> _assemblySeconds = [];
    private readonly List<double> _workingSets = [];

    /// <inheritdoc/>
    public int StepsPerEpoch => steps;

    /// <summary>The samples per second of a step of median duration and the mean assembly, with shuffling. The first step of a turn fills caches and does not count.</summary>
    public double SamplesPerSecond => 2 * TrainingShop.Rankings / (Middle(_stepSeconds) + _assemblySeconds.Average());

    public string Row() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"| {name} | {rows:N0} | {SamplesPerSecond:N0} | {string.Join(", ", _stepSeconds.Chunk(steps - 1).Select(e => $"{1000 * Middle(e):F0}"))} | {100 * _assemblySeconds.Average() / (Middle(_stepSeconds) + _assemblySeconds.Average()):F2} % | {string.Join(", ", _workingSets.Select(m => m.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)))} |");

    /// <summary>Trains with DinOrleans' trainer.</summary>
    public void Ours()
    {
        var layout = new ScoreLayout(TrainingShop.Width, 0, 0, 1);
        var embeddings = new RankingEmbeddings
        {
            ItemTables = [new("item.item_id", rows, TrainingShop.Width, seed: 1)],
            ItemBias = new("item.item_id.bias", rows, 1, seed: 1),
            ItemIdFeature = 0,
            Items = new(_shop.RowOfItem.Length, [_shop.RowOfItem], [], 0),
        };
        using var network = new RankingNetwork(RankingModels.Create("din", layout, Network), layout, embeddings, seed: 1);
        new RankingTrainer(network, options, TimeProvider.System).Fit(this, progress: null, CancellationToken.None);
        turns.Pass(place);
    }

    /// <summary>Trains the plain way.</summary>
    public void Plain()
    {
        set_num_threads(TorchThreads.Count(options.Threads));
        using var din = new PlainDin(rows, TrainingShop.Width);
        for (int epoch = 1; epoch <= options.Epochs; epoch++)
        {
            foreach (RankingBatch batch in Epoch(epoch))
            {
                din.Step(batch, _shop.RowOfItem);
            }
        }

        turns.Pass(place);
    }

    /// <inheritdoc/>
    public IEnumerable<RankingBatch> Epoch(int epoch)
    {
        // What the trainer does between its epochs belongs to the turn before.
        if (epoch > 1)
        {
            turns.Pass(place);
        }

        turns.Wait(place);
        bool first = true;
        long start = Stopwatch.GetTimestamp();
        foreach (RankingBatch batch in _shop.Epoch(epoch))
        {
            double assembly = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            yield return batch;
            _assemblySeconds.Add(assembly);
            if (!first)
            {
                _stepSeconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            first = false;
            start = Stopwatch.GetTimestamp();
        }

        _workingSets.Add(Environment.WorkingSet / BytesAMiB);
    }

    /// <inheritdoc/>
    public IEnumerable<RankingBatch> Validation() => [];

    private static double Middle(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
