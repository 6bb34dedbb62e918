using System.CommandLine;
using DinOrleans.Cli.Arguments;
using DinOrleans.Cli.Help;
using DinOrleans.Cli.Results;
using DinOrleans.Datasets.Import;
using DinOrleans.Model.Schema;

namespace DinOrleans.Cli.Imports;

/// <summary>The command <c>import csv</c>, which imports files of one's own.</summary>
internal static class CsvCommand
{
    public static Command Create()
    {
        var defaults = new CsvImportOptions();
        Argument<string> file = ImportArguments.File("The CSV of events.");
        Option<string> output = ImportArguments.Output();
        var items = new Option<string?>("--items") { Description = "A CSV of items with the item column. Every other column is a feature." };
        var users = new Option<string?>("--users") { Description = "A CSV of users with the user column. Every other column is a feature." };
        Option<string> user = Column("--user-column", "user id", defaults.UserColumn);
        Option<string> item = Column("--item-column", "item id", defaults.ItemColumn);
        Option<string> time = Column("--timestamp-column", "time of an event", defaults.TimestampColumn);
        Option<TimestampFormat> format = TypedOption.Name("--timestamp-format", "The format of times:", defaults.TimestampFormat);
        var eventId = new Option<string?>("--event-id-column") { Description = "The column of an id that is unique within the user. Without it, events are numbered." };
        var type = new Option<string?>("--type-column") { Description = "The column of the event type. Without it, all events have the first positive type." };
        var ranking = new Option<string?>("--ranking-column") { Description = "The column of the ranking that showed the item." };
        Option<string[]> positive = Names("--positive", "The event types that form the behaviour sequence and are predicted.", defaults.PositiveTypes);
        Option<string[]> other = Names("--other", "Further event types, for example impression.", defaults.OtherTypes);
        Option<string[]> context = Names("--context", "The columns of the events that are context features.", defaults.ContextColumns);
        Option<string[]> numeric = Names("--numeric", "The columns that hold numbers.", defaults.NumericColumns);
        Option<string[]> ignored = Names("--ignore", "The columns of items and users to leave out.", defaults.IgnoredColumns);
        Option<int> length = TypedOption.Whole("--max-length", "The number of behaviours kept for ranking.", 1, BehaviourSequence.Largest, defaults.MaxLength);
        Command command = new Command("csv", "Your own files: a CSV of events and, optionally, of items and of users.")
        {
            file, output, items, users, user, item, time, format, eventId, type, ranking, positive, other, context, numeric, ignored, length,
        }.Prints<ImportedDataset>().WithExamples(
            "dinorleans import csv my-events.csv --items my-items.csv --out shop",
            "dinorleans import csv views.csv --delimiter ; --timestamp-format UnixSeconds --out shop");
        var source = new SourceArguments(command, isDelimited: true);
        command.SetAction((arguments, cancellationToken) => ImportArguments.RunAsync(
            arguments,
            () => new CsvImporter(defaults with
            {
                Source = source.Read(arguments),
                ItemsFile = arguments.GetValue(items),
                UsersFile = arguments.GetValue(users),
                UserColumn = arguments.GetValue(user)!,
                ItemColumn = arguments.GetValue(item)!,
                TimestampColumn = arguments.GetValue(time)!,
                TimestampFormat = arguments.GetValue(format),
                EventIdColumn = arguments.GetValue(eventId),
                TypeColumn = arguments.GetValue(type),
                RankingColumn = arguments.GetValue(ranking),
                PositiveTypes = arguments.GetValue(positive)!,
                OtherTypes = arguments.GetValue(other)!,
                ContextColumns = arguments.GetValue(context)!,
                NumericColumns = arguments.GetValue(numeric)!,
                IgnoredColumns = arguments.GetValue(ignored)!,
                MaxLength = arguments.GetValue(length),
            }),
            arguments.GetValue(file)!,
            arguments.GetValue(output)!,
            cancellationToken));
        return command;
    }

    private static Option<string> Column(string name, string meaning, string column) =>
        new(name) { Description = $"The column of the {meaning}.", DefaultValueFactory = _ => column };

    private static Option<string[]> Names(string name, string description, IReadOnlyList<string> defaults) =>
        new(name) { Description = description, AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. defaults] };
}
