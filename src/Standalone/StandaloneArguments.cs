namespace DinOrleans.Standalone;

/// <summary>Arguments of the command line beside those that ASP.NET takes.</summary>
/// <param name="DataFolder">Where everything is kept.</param>
/// <param name="DatasetFolder">The dataset to serve; null for the sample shop.</param>
/// <param name="ArtifactFolder">A version to publish instead of training the first one; null to train.</param>
public sealed record StandaloneArguments(string DataFolder, string? DatasetFolder, string? ArtifactFolder)
{
    public const string DataOption = "--data";
    public const string DatasetOption = "--dataset";
    public const string ArtifactOption = "--artifact";

    /// <summary>Takes its own arguments out and leaves the others to ASP.NET.</summary>
    /// <exception cref="ArgumentException">An option has no value.</exception>
    public static (StandaloneArguments Own, string[] Others) Parse(string[] args)
    {
        string data = "data";
        string? dataset = null;
        string? artifact = null;
        List<string> others = [];
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case DataOption:
                    data = Value(args, ref i);
                    break;
                case DatasetOption:
                    dataset = Value(args, ref i);
                    break;
                case ArtifactOption:
                    artifact = Value(args, ref i);
                    break;
                default:
                    others.Add(args[i]);
                    break;
            }
        }

        return (new(data, dataset, artifact), [.. others]);
    }

    private static string Value(string[] args, ref int i) => i + 1 < args.Length
        ? args[++i]
        : throw new ArgumentException($"{args[i]} needs a folder.");
}
