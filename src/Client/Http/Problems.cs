using System.Text;
using System.Text.Json;

namespace DinOrleans.Client;

/// <summary>Reads what an answer other than success says.</summary>
internal static class Problems
{
    private const int MostCharacters = 500;
    private const int MostErrors = 3;

    /// <summary>Makes the exception of a refused call.</summary>
    public static DinOrleansException Read(HttpCall call, HttpResponseMessage answer, byte[] body)
    {
        ProblemBody? problem = Parse(body);
        IReadOnlyList<BrokenRule> errors = problem?.Errors ?? [];
        string said = problem is null
            ? Encoding.UTF8.GetString(body)
            : string.Join("; ", [.. problem.Detail is { } detail ? [detail] : Array.Empty<string>(), .. errors.Take(MostErrors).Select(e => $"{e.Field} {e.Rule}")]);
        said = said.ReplaceLineEndings(" ").Trim();
        said = said.Length <= MostCharacters ? said : said[..MostCharacters] + " …";
        return new($"{call}: {(int)answer.StatusCode} {answer.ReasonPhrase}{(said.Length > 0 ? ", " + said : "")}", answer.StatusCode, errors) { Accepted = problem?.Accepted };
    }

    private static ProblemBody? Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ClientJson.Default.ProblemBody);
        }
        catch (JsonException)
        {
            // A proxy answered with a page of its own.
            return null;
        }
    }
}
