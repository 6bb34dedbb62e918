using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Datasets;
using DinOrleans.Model.Schema;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Samples;

namespace DinOrleans.Cli.TrainingData;

/// <summary>The options of <c>train</c> that say what it learns from.</summary>
internal sealed class TrainingSourceArguments
{
    private const string SchemaFile = "schema.json";
    private const double MostDays = 36_500;
    private const int FewestEvents = 1_000;
    private const int MostEvents = 2_000_000_000;
    private const int UsualEvents = 50_000_000;

    private readonly Option<string?> _dataset = new("--dataset") { Description = "The folder of the dataset to learn from." };

    private readonly Option<string?> _store = new("--store")
    {
        Description = "The stores of a server to learn from, instead of a dataset: its data folder, on the machine of the server, or the connection string of a cluster's "
            + "PostgreSQL database. The server may run meanwhile.",
    };

    private readonly Option<string?> _schema = new("--schema")
    {
        Description = $"The shop's {SchemaFile}. With a data folder that has one, it may be left out.",
    };

    private readonly Option<double?> _maxAge = TypedOption.Positive("--max-age", "Events and rankings of the stores that are older than this number of days are left out.", MostDays);

    private readonly Option<int?> _maxEvents = TypedOption.Whole(
        "--max-events", "The number of events and impressions of the stores that are read at most: the latest ones, to the minute. By default 50 million.", FewestEvents, MostEvents);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_dataset, _store, _schema, _maxAge, _maxEvents])
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(_dataset) is null == result.GetResult(_store) is null)
            {
                result.AddError("Exactly one of --dataset FOLDER and --store FOLDER or CONNECTION-STRING must be given.");
            }
            else if (result.GetResult(_store) is null && (result.GetResult(_schema) ?? result.GetResult(_maxAge) ?? result.GetResult(_maxEvents)) is { } orphan)
            {
                result.AddError($"{orphan.Option.Name} needs --store.");
            }
        });
    }

    /// <summary>The protocol by which samples are cut where the command line does not say.</summary>
    public SampleProtocol Protocol(ParseResult arguments) => arguments.GetValue(_store) is null ? SampleProtocol.LastItem : SampleProtocol.Live;

    /// <summary>Reads the options.</summary>
    /// <exception cref="InvalidContentException">There is no schema, or it breaks a rule.</exception>
    /// <exception cref="DatasetException">There is no dataset, or it breaks a rule.</exception>
    public ITrainingSource Read(ParseResult arguments)
    {
        if (arguments.GetValue(_store) is not { } store)
        {
            return new DatasetSource(DatasetFolder.Open(arguments.GetValue(_dataset)!));
        }

        return new StoreSource(
            store,
            Schema(store, arguments.GetValue(_schema)),
            arguments.GetValue(_maxAge) is { } days ? TimeSpan.FromDays(days) : null,
            arguments.GetValue(_maxEvents) ?? UsualEvents);
    }

    private static FeatureSchema Schema(string store, string? given)
    {
        if (given is null && !File.Exists(Path.Combine(store, SchemaFile)))
        {
            throw new InvalidContentException(Directory.Exists(store)
                ? $"--schema FILE must be given, because {store} has no {SchemaFile}."
                : "--schema FILE must be given, because --store is not a folder.");
        }

        return FeatureSchema.Load(given ?? Path.Combine(store, SchemaFile));
    }
}
