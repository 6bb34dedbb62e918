using System.CommandLine;

namespace DinOrleans.Benchmarks.Cli;

/// <summary>Options that several commands take.</summary>
internal static class CommonOptions
{
    public static Option<string> Scratch() => new("--scratch")
    {
        Description = "Folder for datasets, data and builds, kept for the next run.",
        DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "dinorleans-benchmarks"),
    };

    /// <summary>A whole number within bounds.</summary>
    public static Option<int> Number(string name, string description, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least || result.GetValueOrDefault<int>() > most)
            {
                result.AddError($"{name} must be {least} to {most}.");
            }
        });
        return option;
    }
}
