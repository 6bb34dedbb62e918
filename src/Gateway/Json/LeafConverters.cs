using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DinOrleans.Gateway.Json;

/// <summary>Reads a string, and refuses other values. A null stays null, for the input rules to judge.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? ReadText(ref reader) : throw new JsonRuleException("must be a string");

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadText(ref reader);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    internal static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonRuleException("must be valid Unicode");
        }
    }
}

/// <summary>Reads true or false.</summary>
internal sealed class FlagConverter : JsonConverter<bool>
{
    public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw new JsonRuleException("must be true or false"),
    };

    public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
}

/// <summary>Reads a number without a fraction.</summary>
internal sealed class WholeNumberConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int value) ? value : throw new JsonRuleException("must be a whole number");

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>A number.</summary>
internal sealed class NumberConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw new JsonRuleException("must be a finite number");

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>
/// Reads an RFC 3339 date and time with an offset. Other text becomes <see cref="Malformed"/> and does not end the read, so that one answer can
/// name the faults of all events.
/// </summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    public const string Rule = "must be an RFC 3339 date and time with an offset, for example 2026-01-31T12:00:00Z";
    private const int MaxLength = 40;

    /// <summary>Stands for text that is not a timestamp. No rule lets this moment through.</summary>
    public static DateTimeOffset Malformed { get; } = DateTimeOffset.MinValue.AddTicks(1);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonRuleException(Rule);
        }

        return IsFull(ref reader) && reader.TryGetDateTimeOffset(out DateTimeOffset value) ? value : Malformed;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    // The reader also takes forms of ISO 8601 that RFC 3339 leaves out: a date alone, a time without seconds, and one without an offset.
    private static bool IsFull(ref Utf8JsonReader reader)
    {
        long length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > MaxLength)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxLength];
        Span<byte> text = bytes[..reader.CopyString(bytes)];
        return text.Length >= "2026-01-31T12:00:00Z".Length
            && text[10] == 'T' && text[16] == ':'
            && (text[^1] == 'Z' || (text[^6] is (byte)'+' or (byte)'-' && text[^3] == ':'));
    }
}

/// <summary>The value of a feature: text, or a number as it was written.</summary>
internal readonly record struct FeatureValue(string Text);

/// <inheritdoc cref="FeatureValue"/>
internal sealed class FeatureValueConverter : JsonConverter<FeatureValue>
{
    public override FeatureValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => new(TextConverter.ReadText(ref reader)),
        JsonTokenType.Number => new(reader.HasValueSequence ? Encoding.UTF8.GetString(reader.ValueSequence) : Encoding.UTF8.GetString(reader.ValueSpan)),
        _ => throw new JsonRuleException("must be a string or a number"),
    };

    public override void Write(Utf8JsonWriter writer, FeatureValue value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
