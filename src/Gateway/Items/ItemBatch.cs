using DinOrleans.Contracts.Items;
using DinOrleans.Contracts.Schema;
using DinOrleans.Contracts.Validation;

namespace DinOrleans.Gateway.Items;

/// <summary>Lines that are written together, or not at all.</summary>
internal sealed class ItemBatch
{
    private readonly Dictionary<string, Item> _items = new(StringComparer.Ordinal);
    private Violations _violations;

    /// <summary>The number of lines.</summary>
    public int Lines { get; private set; }

    /// <summary>The rules that lines broke.</summary>
    public Violations Violations => _violations;

    /// <summary>Names a field of a line.</summary>
    public static string Field(long line, string field) => field == "$" ? $"line {line}" : $"line {line}: {field}";

    /// <summary>Adds a line. Of several lines with one item, the last one counts.</summary>
    /// <param name="item">The item. Null where the line does not have the form of one.</param>
    /// <param name="line">The number of the line, from 1.</param>
    /// <param name="schema">The names that items may use.</param>
    public void Add(Item? item, long line, InputSchema schema)
    {
        Lines++;
        if (item is not null)
        {
            int before = _violations.Listed.Count + _violations.More;
            ItemRules.Check(item, Field(line, ""), schema, ref _violations);
            if (_violations.Listed.Count + _violations.More == before)
            {
                _items[item.ItemId] = item;
            }
        }
    }

    /// <summary>Notes that a line does not have the form of an item.</summary>
    public void Refuse(string field, string rule) => _violations.Add(field, rule);

    /// <summary>The items to write.</summary>
    public Item[] Items() => [.. _items.Values];
}
