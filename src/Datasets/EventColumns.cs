using DinOrleans.Contracts.Users;
using DinOrleans.Model.Schema;

namespace DinOrleans.Datasets;

/// <summary>Reads the rows of <c>events.csv</c>.</summary>
internal sealed class EventColumns
{
    private readonly DataTable _table;
    private readonly FeatureColumns _context;
    private readonly Dictionary<string, string> _types;
    private readonly UniqueKeys _seen = new();
    private readonly int _eventId;
    private readonly int _userId;
    private readonly int _itemId;
    private readonly int _type;
    private readonly int _timestamp;
    private readonly int? _rankingId;

    public EventColumns(DataTable table, FeatureSchema schema, FeatureColumns context)
    {
        _table = table;
        _context = context;
        _types = schema.EventTypes.ToDictionary(t => t, StringComparer.Ordinal);
        _eventId = table.Column(DatasetLayout.EventId);
        _userId = table.Column(DatasetLayout.UserId);
        _itemId = table.Column(DatasetLayout.ItemId);
        _type = table.Column(DatasetLayout.Type);
        _timestamp = table.Column(DatasetLayout.Timestamp);
        _rankingId = table.OptionalColumn(DatasetLayout.RankingId);
    }

    /// <summary>The columns besides the context features.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        DatasetLayout.EventId, DatasetLayout.UserId, DatasetLayout.ItemId, DatasetLayout.Type, DatasetLayout.Timestamp, DatasetLayout.RankingId,
    ];

    /// <summary>Reads the event of the current row.</summary>
    public BehaviourEvent Read()
    {
        string eventId = _table.Id(_eventId);
        string userId = _table.Id(_userId);
        if (!_seen.Add(userId, eventId))
        {
            throw _table.Error(_eventId, "must be unique within the user");
        }

        return new BehaviourEvent
        {
            EventId = eventId,
            UserId = userId,
            ItemId = _table.Id(_itemId),
            Type = _types.GetValueOrDefault(_table[_type])
                ?? throw _table.Error(_type, $"must be one of {string.Join(", ", _types.Keys)}"),
            Timestamp = Rfc3339.TryParse(_table[_timestamp], out DateTimeOffset timestamp)
                ? timestamp
                : throw _table.Error(_timestamp, "must be RFC 3339"),
            RankingId = _rankingId is { } ranking && _table[ranking].Length > 0 ? _table.Id(ranking) : null,
            Context = _context.Read(),
        };
    }
}
