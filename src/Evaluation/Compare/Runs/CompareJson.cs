using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Model.Options;

namespace DinOrleans.Evaluation.Compare.Runs;

/// <summary>How comparisons are written and read as JSON. A measure that is NaN, because the data cannot give it, is null.</summary>
internal static class CompareJson
{
    public static JsonSerializerOptions Options { get; } = new(OptionsJson.Serializer)
    {
        WriteIndented = true,
        AllowDuplicateProperties = false,
        Converters = { new NaNAsNull() },
    };

    private sealed class NaNAsNull : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
