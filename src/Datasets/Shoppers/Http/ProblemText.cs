using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DinOrleans.Datasets.Shoppers.Http;

/// <summary>What an answer other than success says, in one line.</summary>
public static class ProblemText
{
    private const int MostCharacters = 500;
    private const int MostErrors = 3;

    /// <summary>Makes the failure of a call.</summary>
    /// <param name="call">What was called, for example "POST /v1/rank".</param>
    /// <param name="answer">The answer.</param>
    /// <param name="body">Its body.</param>
    public static ShopCallException Failure(string call, HttpResponseMessage answer, byte[] body) => new(
        ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture),
        $"{call}: {(int)answer.StatusCode} {answer.ReasonPhrase}{(Said(body) is { Length: > 0 } said ? ", " + said : "")}");

    /// <summary>The detail and the first errors of problem details, or the beginning of what else the body has.</summary>
    private static string Said(byte[] body)
    {
        string text;
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            text = string.Join("; ", Parts(json.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            text = Encoding.UTF8.GetString(body);
        }

        text = text.ReplaceLineEndings(" ").Trim();
        return text.Length <= MostCharacters ? text : text[..MostCharacters] + " …";
    }

    private static IEnumerable<string> Parts(JsonElement problem)
    {
        if (problem.TryGetProperty("detail", out JsonElement detail) && detail.GetString() is { } said)
        {
            yield return said;
        }

        if (problem.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement error in errors.EnumerateArray().Take(MostErrors))
            {
                yield return string.Join(' ', error.EnumerateObject().Select(m => m.Value.ToString()));
            }
        }
    }
}
