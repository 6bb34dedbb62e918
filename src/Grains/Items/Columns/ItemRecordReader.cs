using System.Buffers;
using System.Globalization;
using System.Text.Json;
using DinOrleans.Storage.Features;

namespace DinOrleans.Grains.Items.Columns;

/// <summary>Makes records of rows of the store. Features that the schema does not name are left out.</summary>
/// <param name="layout">The layout of a record.</param>
/// <param name="values">The values of each categorical feature, which get codes for values that they do not have yet.</param>
internal sealed class ItemRecordReader(ItemLayout layout, FeatureValues[] values)
{
    /// <summary>Availability without a beginning or an end.</summary>
    private const uint Always = 0, Never = uint.MaxValue;

    /// <summary>Fills a record. Its stamp is left as it is.</summary>
    /// <exception cref="JsonException">The features are not JSON.</exception>
    public void Read(ItemRow row, Span<int> record)
    {
        bool available = row.State == ItemState.Available;
        record[ItemLayout.From] = (int)(available ? Second(row.AvailableFrom, Always) : Never);
        record[ItemLayout.Until] = (int)(row.State == ItemState.Removed ? 0 : Math.Max(1u, Second(row.AvailableUntil, Never)));
        record[ItemLayout.Place(0)..layout.CategoricalEnd].Clear();
        record[layout.CategoricalEnd..layout.Width].Fill(BitConverter.SingleToInt32Bits(float.NaN));
        ReadFeatures(row.Features, record);
    }

    private void ReadFeatures(ReadOnlySpan<byte> features, Span<int> record)
    {
        var json = new Utf8JsonReader(features);
        json.Read();

        // Items name their features in one order, so the next name is most likely the next feature.
        int next = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int feature = Feature(ref json, next);
            next = feature + 1;
            json.Read();
            if (feature < 0 || json.TokenType != JsonTokenType.String)
            {
                json.Skip();
                continue;
            }

            if (json.ValueIsEscaped)
            {
                byte[] unescaped = ArrayPool<byte>.Shared.Rent(json.ValueSpan.Length);
                Set(record, feature, unescaped.AsSpan(0, json.CopyString(unescaped)));
                ArrayPool<byte>.Shared.Return(unescaped);
            }
            else
            {
                Set(record, feature, json.ValueSpan);
            }
        }
    }

    private void Set(Span<int> record, int feature, ReadOnlySpan<byte> value)
    {
        int place = ItemLayout.Place(feature);
        if (place < layout.CategoricalEnd)
        {
            record[place] = value.Length == 0 ? 0 : 1 + values[feature].Code(value);
        }
        else
        {
            record[place] = BitConverter.SingleToInt32Bits(
                float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) ? number : float.NaN);
        }
    }

    /// <summary>The feature whose name the reader is at. −1 where the schema does not have it.</summary>
    private int Feature(ref Utf8JsonReader json, int likely)
    {
        for (int i = 0; i < layout.FeatureCount; i++)
        {
            int feature = likely + i;
            feature -= feature >= layout.FeatureCount ? layout.FeatureCount : 0;
            if (json.ValueTextEquals(layout.Name(feature)))
            {
                return feature;
            }
        }

        return -1;
    }

    private static uint Second(long? milliseconds, uint none) =>
        milliseconds is { } value ? (uint)Math.Clamp(value / 1000, 0, uint.MaxValue) : none;
}
