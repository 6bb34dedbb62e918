using System.Globalization;
using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>Reads the rows of an events file.</summary>
internal sealed class PlanEvents
{
    private const string NotChosen = "of event types that were not chosen";

    private readonly DataTable _table;
    private readonly ImportPlan _plan;
    private readonly SourceOptions _times;
    private readonly TimeReader _timeReader;
    private readonly LeftOutCounts _leftOut;
    private readonly Dictionary<string, string> _types;
    private readonly Func<IReadOnlyDictionary<string, string>> _context;
    private readonly UniqueKeys _seen = new();
    private readonly int _user;
    private readonly int _item;
    private readonly int _timestamp;
    private readonly int? _eventId;
    private readonly int? _type;
    private readonly int? _rating;
    private readonly int? _ranking;

    /// <param name="table">The rows.</param>
    /// <param name="plan">What the columns mean.</param>
    /// <param name="types">The event types of the schema.</param>
    /// <param name="context">The context features.</param>
    /// <param name="leftOut">Counts the rows that are left out.</param>
    /// <param name="time">The clock, which says what is in the future.</param>
    /// <exception cref="DatasetException">The table lacks a column.</exception>
    public PlanEvents(DataTable table, ImportPlan plan, IReadOnlyList<string> types, PlanColumns context, LeftOutCounts leftOut, TimeProvider time)
    {
        _table = table;
        _plan = plan;
        _leftOut = leftOut;
        _types = types.ToDictionary(t => t, StringComparer.Ordinal);
        _times = new() { AnyTime = plan.AnyTime, Time = time };
        _timeReader = new(plan.TimestampFormat, TimeZones.TryFind(plan.TimeZone, out TimeZoneInfo? zone, out _) ? zone : null);
        _user = table.Column(plan.UserColumn);
        _item = table.Column(plan.ItemColumn);
        _timestamp = table.Column(plan.TimestampColumn);
        _eventId = Optional(plan.EventIdColumn);
        _type = Optional(plan.TypeColumn);
        _rating = Optional(plan.RatingColumn);
        _ranking = Optional(plan.RankingColumn);
        _context = context.Reader(table);
    }

    /// <summary>What was read by the rule for local times that are not clear.</summary>
    public IEnumerable<string> Notes => _timeReader.Notes;

    /// <summary>Reads the current row.</summary>
    /// <returns>The event, or null if the row is left out.</returns>
    /// <exception cref="DatasetException">The row breaks a rule.</exception>
    public BehaviourEvent? Read()
    {
        string? incomplete = Incomplete();
        string? type = incomplete is null ? Type() : null;
        if (type is null)
        {
            _leftOut.Add(incomplete ?? NotChosen);
            return null;
        }

        var behaviour = new BehaviourEvent
        {
            EventId = _eventId is { } id ? _table.Id(id) : _table.LineId(),
            UserId = _table.Id(_user),
            ItemId = _table.Id(_item),
            Type = type,
            Timestamp = Timestamp(),
            RankingId = _ranking is { } ranking && _table[ranking].Length > 0 ? _table.Id(ranking) : null,
            Context = _context(),
        };
        return _eventId is not { } unique || _seen.Add(behaviour.UserId, behaviour.EventId) ? behaviour : throw _table.Error(unique, "must be unique within the user");
    }

    private string? Incomplete() =>
        !_plan.SkipIncomplete ? null
        : _table[_user].Length == 0 ? $"without {_plan.UserColumn}"
        : _table[_item].Length == 0 ? $"without {_plan.ItemColumn}"
        : _table[_timestamp].Length == 0 ? $"without {_plan.TimestampColumn}"
        : _rating is { } rating && _table[rating].Length == 0 ? $"without {_plan.RatingColumn}"
        : _type is { } type && _table[type].Length == 0 ? $"without {_plan.TypeColumn}"
        : null;

    /// <summary>The type of the current row, or null if it is none of the schema and such rows are left out.</summary>
    private string? Type()
    {
        if (_rating is { } rating)
        {
            return double.Parse(RatingText(rating), CultureInfo.InvariantCulture) >= _plan.PositiveRating ? _plan.PositiveTypes[0] : _plan.LowType;
        }

        return _type is not { } column ? _plan.PositiveTypes[0]
            : _types.GetValueOrDefault(_table[column]) is { } known ? known
            : _plan.SkipUnknownTypes ? null
            : throw _table.Error(
                column, $"must be one of {string.Join(", ", _types.Keys)}, but is \"{_table[column]}\"; name it with --positive or --other, or leave such rows out with --skip-unknown-types");
    }

    private string RatingText(int column) => _table.Number(column) is { Length: > 0 } text ? text : throw _table.Error(column, "must be a number");

    private DateTimeOffset Timestamp()
    {
        bool isTime = _table.LocalTime(_timestamp) is { } local
            ? _timeReader.TryRead(local, out DateTimeOffset time)
            : _timeReader.TryRead(_table[_timestamp], out time);
        return isTime ? _times.Plausible(_table, _timestamp, time) : throw _table.Error(_timestamp, _timeReader.Rule);
    }

    private int? Optional(string? column) => column is null ? null : _table.Column(column);
}
