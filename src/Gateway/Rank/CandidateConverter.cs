using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Rank;

/// <summary>
/// Reads a candidate by hand, as strictly as generated code would: that keeps an array of the members seen and a boxed value for each of the
/// up to a thousand objects of a request.
/// </summary>
internal sealed class CandidateConverter : JsonConverter<Candidate>
{
    private const string ItemId = "itemId";

    public override Candidate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("must be a JSON object");
        }

        Candidate candidate = default;
        bool isSeen = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!reader.ValueTextEquals(ItemId))
            {
                throw new JsonMemberException(TextConverter.Text(ref reader), "is no field here");
            }

            if (isSeen)
            {
                throw new JsonMemberException(ItemId, "must occur once");
            }

            isSeen = true;
            reader.Read();
            candidate.ItemId = reader.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String => Text(ref reader),
                _ => throw new JsonMemberException(ItemId, "must be a string"),
            };
        }

        return candidate;
    }

    public override void Write(Utf8JsonWriter writer, Candidate value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(ItemId, value.ItemId);
        writer.WriteEndObject();
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return TextConverter.Text(ref reader);
        }
        catch (JsonException e)
        {
            throw new JsonMemberException(ItemId, e.Message);
        }
    }
}
