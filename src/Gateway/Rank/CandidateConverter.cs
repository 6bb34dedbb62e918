using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Gateway.Json;

namespace DinOrleans.Gateway.Rank;

/// <summary>
/// Reads a candidate by hand, as strictly as generated code would. Generated code keeps an array of the members seen and a boxed value for each
/// of the up to a thousand candidates of a request.
/// </summary>
internal sealed class CandidateConverter : JsonConverter<Candidate>
{
    private const string ItemId = "itemId";

    public override Candidate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonRuleException(JsonShape.NotAnObject);
        }

        Candidate candidate = default;
        bool isSeen = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!reader.ValueTextEquals(ItemId))
            {
                throw new JsonRuleException(JsonShape.Unknown, TextConverter.ReadText(ref reader));
            }

            if (isSeen)
            {
                throw new JsonRuleException(JsonShape.Repeated, ItemId);
            }

            isSeen = true;
            reader.Read();
            candidate.ItemId = reader.TokenType switch
            {
                JsonTokenType.Null => null,
                JsonTokenType.String => ReadText(ref reader),
                _ => throw new JsonRuleException("must be a string", ItemId),
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

    private static string ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return TextConverter.ReadText(ref reader);
        }
        catch (JsonRuleException e)
        {
            throw new JsonRuleException(e.Rule, ItemId);
        }
    }
}
