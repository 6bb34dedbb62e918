using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DinOrleans.Model.Options;
using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets.Import.Plans;

/// <summary>Reads and writes plans as JSON.</summary>
public static class PlanJson
{
    private const int MaxFileLength = 1 << 20;

    private static readonly JsonSerializerOptions Written = new(OptionsJson.Serializer)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The JSON form of a plan, with every option.</summary>
    public static string Write(ImportPlan plan) => JsonSerializer.Serialize(plan, Written);

    /// <summary>Reads a plan.</summary>
    /// <param name="path">The path of an <c>import.json</c>. Files that it names without a full path are beside it.</param>
    /// <exception cref="DatasetException">The file is missing, cannot be read, or breaks rules. The message lists them.</exception>
    public static ImportPlan Load(string path)
    {
        using FileStream file = DataFile.OpenAsIs(path);
        if (file.Length > MaxFileLength)
        {
            throw new DatasetException($"{path}: must be at most {MaxFileLength} bytes");
        }

        using var text = new StreamReader(file);
        try
        {
            Problems problems = [];
            ImportPlan? plan = OptionsJson.Read<ImportPlan>(OptionsJson.Parse(text.ReadToEnd()), problems);
            if (plan is { Events.Path.Length: 0 })
            {
                problems.Add("events.path must be there");
            }

            return plan is not null && problems.Count == 0 ? Beside(plan, path) : throw new DatasetException($"{path}: {problems}");
        }
        catch (InvalidContentException e) when (e is not DatasetException)
        {
            throw new DatasetException($"{path}: {e.Message}", e);
        }
    }

    private static ImportPlan Beside(ImportPlan plan, string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return plan with { Events = Full(plan.Events)!, Items = Full(plan.Items), Users = Full(plan.Users) };

        PlanFile? Full(PlanFile? file) => file is null ? null : file with { Path = Path.GetFullPath(file.Path, folder) };
    }
}
