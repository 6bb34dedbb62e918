namespace DinOrleans.Training.Trainer.Checkpoints;

/// <summary>What a training is of: a checkpoint goes on only in the same one.</summary>
/// <param name="Schema">The feature schema as JSON.</param>
/// <param name="Options">Everything that decides the weights beside the data, as JSON.</param>
/// <param name="Dataset">Digest of the data.</param>
public sealed record TrainingIdentity(string Schema, string Options, string Dataset)
{
    /// <summary>What differs, for example <c>options: trainer.epochs is 3 there, 5 here</c>; null where nothing does.</summary>
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
