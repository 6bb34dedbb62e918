using System.CommandLine;
using System.CommandLine.Parsing;
using DinOrleans.Cli.Arguments;
using DinOrleans.Datasets.Import.Plans;
using DinOrleans.Model.Schema;
using static DinOrleans.Cli.Imports.ColumnOptions;

namespace DinOrleans.Cli.Imports;

/// <summary>The options that say what the columns of one's own files mean. Those that are not given keep what a plan has.</summary>
internal sealed class PlanArguments
{
    private readonly Option<string?> _items = Text("--items", "A file of items with an id column. Every other column is a feature.");
    private readonly Option<string?> _users = Text("--users", "A file of users with an id column. Every other column is a feature.");
    private readonly Option<string?> _itemsId = Text("--items-id-column", "The id column of the items file, if it is not called as in the events file.");
    private readonly Option<string?> _usersId = Text("--users-id-column", "The id column of the users file, if it is not called as in the events file.");
    private readonly Option<string?> _itemsSheet = Text("--items-sheet", "The sheet of the items file, if that is a workbook.");
    private readonly Option<string?> _usersSheet = Text("--users-sheet", "The sheet of the users file, if that is a workbook.");
    private readonly Option<string[]> _columns = Names("--columns", "The column names of an events file without a header row, in their order. For \"init\", that file comes first.");
    private readonly Option<string?> _user;
    private readonly Option<string?> _item;
    private readonly Option<string?> _time;
    private readonly Option<string?> _format;
    private readonly Option<string?> _eventId = Text("--event-id-column", "The column of an id that is unique within the user. Without it, events are numbered.");
    private readonly Option<string?> _type = Text("--type-column", "The column of the event type. Without it, all events have the first positive type.");
    private readonly Option<string?> _rating = Text("--rating-column", "The column of a number that decides if an event is a positive, such as stars, or 0 and 1.");
    private readonly Option<double?> _positiveRating = TypedOption.Number(
        "--positive-rating", "The lowest rating at which an event has the first positive type, by default 4. A lower one has the type low_rating.", -1e9, 1e9);
    private readonly Option<string?> _ranking = Text("--ranking-column", "The column of the ranking that showed the item.");
    private readonly Option<string[]> _positive;
    private readonly Option<string[]> _other = Names("--other", "Further event types, for example impression.");
    private readonly Option<bool> _skipUnknownTypes = TypedOption.Flag("--skip-unknown-types", "Leaves out events of other types. They are refused otherwise.");
    private readonly Option<bool> _skipIncomplete = TypedOption.Flag("--skip-incomplete", "Leaves out rows without a user, item, time, type or rating. They are refused otherwise.");
    private readonly Option<bool> _itemsFromEvents = TypedOption.Flag("--items-from-events", "Puts each item of the events into the catalogue if there is no file of items. \"init\" always does.");
    private readonly Option<string[]> _itemFeatures = Names("--item-features", "The columns of the events that are features of the item. The first value that is not missing counts.");
    private readonly Option<string[]> _userFeatures = Names("--user-features", "The columns of the events that are features of the user. The first value that is not missing counts.");
    private readonly Option<string[]> _context = Names("--context", "The columns of the events that are context features.");
    private readonly Option<string[]> _numeric = Names("--numeric", "The columns that hold numbers.");
    private readonly Option<string[]> _category = Names("--category", "The columns that hold categories, although they may look like something else.");
    private readonly Option<Dictionary<string, string>> _lists = Pairs(
        "--list", "The columns that hold lists, and what separates the parts, such as genres=\"|\". A list becomes one value of its first parts.");
    private readonly ListArguments _listOptions = new();
    private readonly Option<string[]> _ignored = Names("--ignore", "The columns to leave out.");
    private readonly Option<Dictionary<string, string>> _rename = Pairs("--rename", "The columns whose features have other names, and the names, such as \"Unit Price=price\".");
    private readonly Option<bool> _decimalComma = TypedOption.Flag("--decimal-comma", "Numbers are written as in 1.234,56.");
    private readonly Option<int?> _length = TypedOption.Whole("--max-length", "The number of behaviours kept for ranking, by default 50.", 1, BehaviourSequence.Largest);
    private readonly SourceArguments _source;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="defaults">What holds where nothing is given, for the help. Null where it is guessed.</param>
    public PlanArguments(Command command, ImportPlan? defaults)
    {
        _user = Text("--user-column", "The column of the user id" + Default(defaults?.UserColumn));
        _item = Text("--item-column", "The column of the item id" + Default(defaults?.ItemColumn));
        _time = Text("--timestamp-column", "The column of the time of an event" + Default(defaults?.TimestampColumn));
        _format = Text("--timestamp-format", $"The format of times: {string.Join(", ", TimeReader.Names)}, or a pattern such as \"dd.MM.yyyy HH:mm\"{Default(defaults?.TimestampFormat)}");
        _format.CustomParser = ParseFormat;
        _positive = Names("--positive", "The event types that form the behaviour sequence and are predicted" + Default(defaults?.PositiveTypes[0]));
        Option[] options =
        [
            _items, _users, _itemsId, _usersId, _itemsSheet, _usersSheet, _columns, _user, _item, _time, _format, _eventId, _type, _rating, _positiveRating, _ranking, _positive, _other,
            _skipUnknownTypes, _skipIncomplete, _itemsFromEvents, _itemFeatures, _userFeatures, _context, _numeric, _category, _lists, .. _listOptions.Options, _ignored, _rename, _decimalComma, _length,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        RequireTogether(command, _itemsSheet, _items);
        RequireTogether(command, _usersSheet, _users);
        _source = new(command, isDelimited: true, hasLocalTimes: true, hasSheets: true);
    }

    /// <summary>Reads the options.</summary>
    public PlanChanges Read(ParseResult arguments) => _listOptions.Read(arguments, new()
    {
        Source = _source.Read(arguments),
        Columns = Given(arguments, _columns),
        ItemsFile = arguments.GetValue(_items),
        UsersFile = arguments.GetValue(_users),
        ItemsIdColumn = arguments.GetValue(_itemsId),
        UsersIdColumn = arguments.GetValue(_usersId),
        ItemsSheet = arguments.GetValue(_itemsSheet),
        UsersSheet = arguments.GetValue(_usersSheet),
        UserColumn = arguments.GetValue(_user),
        ItemColumn = arguments.GetValue(_item),
        TimestampColumn = arguments.GetValue(_time),
        TimestampFormat = arguments.GetValue(_format),
        EventIdColumn = arguments.GetValue(_eventId),
        TypeColumn = arguments.GetValue(_type),
        RatingColumn = arguments.GetValue(_rating),
        PositiveRating = arguments.GetValue(_positiveRating),
        RankingColumn = arguments.GetValue(_ranking),
        PositiveTypes = Given(arguments, _positive),
        OtherTypes = Given(arguments, _other),
        SkipUnknownTypes = arguments.GetValue(_skipUnknownTypes),
        SkipIncomplete = arguments.GetValue(_skipIncomplete),
        ItemsFromEvents = arguments.GetValue(_itemsFromEvents),
        ItemFeatures = Given(arguments, _itemFeatures) ?? [],
        UserFeatures = Given(arguments, _userFeatures) ?? [],
        ContextFeatures = Given(arguments, _context) ?? [],
        Numeric = Given(arguments, _numeric) ?? [],
        Categorical = Given(arguments, _category) ?? [],
        Lists = arguments.GetValue(_lists) ?? [],
        Ignored = Given(arguments, _ignored) ?? [],
        Names = arguments.GetValue(_rename) ?? [],
        DecimalComma = arguments.GetValue(_decimalComma),
        MaxLength = arguments.GetValue(_length),
    });

    private static string Default(string? value) => value is null ? "." : $", by default {value}.";

    private static string[]? Given(ParseResult arguments, Option<string[]> option) => arguments.GetResult(option) is null ? null : arguments.GetValue(option);

    private static void RequireTogether(Command command, Option sheet, Option file) => command.Validators.Add(result =>
    {
        if (result.GetResult(sheet) is not null && result.GetResult(file) is null)
        {
            result.AddError($"{sheet.Name} needs {file.Name}, which names the workbook.");
        }
    });

    private static string? ParseFormat(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (TimeReader.IsFormat(text))
        {
            return text;
        }

        result.AddError($"--timestamp-format {TimeReader.FormatRule}, but is \"{text}\".");
        return null;
    }
}
