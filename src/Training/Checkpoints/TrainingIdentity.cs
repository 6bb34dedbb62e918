namespace DinOrleans.Training.Checkpoints;

/// <summary>The identity of a training. A checkpoint can be resumed only by a training of equal identity.</summary>
/// <param name="Schema">The feature schema as JSON.</param>
/// <param name="Options">Everything besides the data that decides the weights, as JSON.</param>
/// <param name="Dataset">The digest of the data.</param>
public sealed record TrainingIdentity(string Schema, string Options, string Dataset)
{
    /// <summary>The first difference, for example <c>options: training.epochs is 3 there, 5 here</c>, or null if there is none.</summary>
    internal static string? Difference(TrainingIdentity there, TrainingIdentity here)
    {
        if (JsonDifference.Find(there.Schema, here.Schema) is { } schema)
        {
            return $"schema: {schema}";
        }

        if (JsonDifference.Find(there.Options, here.Options) is { } options)
        {
            return $"options: {options}";
        }

        return there.Dataset == here.Dataset ? null : $"dataset: its digest is {there.Dataset} there, {here.Dataset} here";
    }

    internal void Save(CheckpointWriter writer)
    {
        writer.Write("schema", Schema);
        writer.Write("options", Options);
        writer.Write("dataset", Dataset);
    }

    internal static TrainingIdentity Load(CheckpointReader reader) => new(reader.Text("schema"), reader.Text("options"), reader.Text("dataset"));
}
