using DinOrleans.Grains.Items.Columns;
using DinOrleans.Model.Artifacts;
using DinOrleans.Model.Representation;
using DinOrleans.Model.Schema;

namespace DinOrleans.Grains.Items;

/// <summary>
/// Makes the vectors of catalogue items in one version. The embedding row of an item id or feature value is looked up in the version's vocabulary once,
/// when it is first needed, and is an array read from then on.
/// </summary>
public sealed class ItemVectors
{
    /// <summary>The most integers that are kept on the stack, per buffer.</summary>
    private const int OnStack = 64;

    /// <summary>The number of items whose rows are fetched together.</summary>
    private const int AtOnce = 32;

    private readonly ItemRecords _records;
    private readonly FeatureGroup _group;
    private readonly EmbeddingTable _bias;
    private readonly int _idFeature;

    // Per categorical feature of the version: its place in a record, −1 where the shop does not have it, and the row of each code.
    private readonly int[] _places;
    private readonly RowsOfCodes[] _rows;
    private readonly int[] _numberPlaces;

    internal ItemVectors(ItemRecords records, Artifact artifact)
    {
        _records = records;
        _group = artifact.Items;
        _bias = artifact.ItemBias;
        _idFeature = _group.Categorical.Index().First(f => f.Item.Name == FeatureSchema.ItemId).Index;
        _places = [.. _group.Categorical.Select(f => records.Layout.Place(f.Name))];
        _rows = [.. _places.Select(_ => new RowsOfCodes())];
        _numberPlaces = [.. _group.Numeric.Select(f => records.Layout.Place(f.Name))];
    }

    /// <summary>Writes the vectors of items and their biases.</summary>
    /// <param name="items">The items, [N].</param>
    /// <param name="vectors">[N, item width of the version].</param>
    /// <param name="bias">[N]; empty where the biases are not needed.</param>
    public void Write(ReadOnlySpan<CatalogueItem> items, Span<float> vectors, Span<float> bias)
    {
        int width = _group.Width;
        EmbeddingTable ids = _group.Tables[_idFeature];
        Span<int> idRows = stackalloc int[AtOnce];
        for (int start = 0; start < items.Length; start += AtOnce)
        {
            ReadOnlySpan<CatalogueItem> some = items[start..Math.Min(start + AtOnce, items.Length)];

            // The rows of a large table lie far apart: all of them are on their way before the first one is needed.
            for (int i = 0; i < some.Length; i++)
            {
                idRows[i] = IdRow(some[i]);
                ids.Prefetch(idRows[i]);
            }

            for (int i = 0; i < some.Length && !bias.IsEmpty; i++)
            {
                bias[start + i] = _bias.ReadFirst(idRows[i]);
            }

            for (int i = 0; i < some.Length; i++)
            {
                Write(some[i], idRows[i], vectors.Slice((start + i) * width, width));
            }
        }
    }

    /// <summary>Writes the vector of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="vector">[item width of the version].</param>
    public void Write(CatalogueItem item, Span<float> vector) => Write(item, IdRow(item), vector);

    private void Write(CatalogueItem item, int idRow, Span<float> vector)
    {
        Span<int> rows = _places.Length <= OnStack ? stackalloc int[_places.Length] : new int[_places.Length];
        Span<float> numbers = _numberPlaces.Length <= OnStack ? stackalloc float[_numberPlaces.Length] : new float[_numberPlaces.Length];
        rows.Clear();
        numbers.Clear();
        rows[_idFeature] = idRow;
        if (item.IsKnown)
        {
            Fill(item.Number, rows, numbers);
        }

        _group.Write(rows, numbers, vector);
    }

    private void Fill(int number, Span<int> rows, Span<float> numbers)
    {
        int width = _records.Layout.Width;
        Span<int> record = width <= OnStack ? stackalloc int[width] : new int[width];
        _records.Read(number, record);
        for (int i = 0; i < rows.Length; i++)
        {
            // Code 0 is a missing value, whose row is that of padding.
            if (_places[i] >= 0 && record[_places[i]] is var code and not 0)
            {
                rows[i] = ValueRow(i, code);
            }
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            float value = _numberPlaces[i] < 0 ? float.NaN : BitConverter.Int32BitsToSingle(record[_numberPlaces[i]]);
            numbers[i] = _group.Scalers[i].Scale(value);
        }
    }

    private int IdRow(CatalogueItem item)
    {
        int row = item.IsKnown ? _rows[_idFeature].Find(item.Number) : -1;
        if (row < 0)
        {
            row = _group.Vocabularies[_idFeature].Row(item.ItemId);
            if (item.IsKnown)
            {
                _rows[_idFeature].Set(item.Number, row);
            }
        }

        return row;
    }

    private int ValueRow(int feature, int code)
    {
        int row = _rows[feature].Find(code);
        if (row < 0)
        {
            row = _group.Vocabularies[feature].Row(_records.Value(_places[feature], code));
            _rows[feature].Set(code, row);
        }

        return row;
    }
}
