using DinOrleans.Model.Tensors;

namespace DinOrleans.Training.Checkpoints;

/// <summary>
/// Writes and reads parameters and embedding tables in a checkpoint. Parameters keep their order, because the norm of their gradients is summed in it.
/// </summary>
internal static class WeightState
{
    public static void Save(
        CheckpointWriter writer, IReadOnlyDictionary<string, ParameterValue> parameters, IEnumerable<(string Key, float[] Values)> tables)
    {
        writer.Write("parameters", parameters.Count);
        foreach ((string name, ParameterValue value) in parameters)
        {
            writer.Write("parameter", name);
            writer.Write<int>("shape", value.Shape);
            writer.Write<float>("values", value.Data);
        }

        foreach ((string key, float[] values) in tables)
        {
            writer.Write<float>("table " + key, values);
        }
    }

    /// <param name="reader">The reader, at what <see cref="Save"/> wrote.</param>
    /// <param name="tables">The tables, which are filled.</param>
    /// <returns>The parameters.</returns>
    public static Dictionary<string, ParameterValue> Load(CheckpointReader reader, IEnumerable<(string Key, float[] Values)> tables)
    {
        Dictionary<string, ParameterValue> parameters = [];
        int count = reader.Int("parameters");
        for (int i = 0; i < count; i++)
        {
            parameters.Add(reader.Text("parameter"), new(reader.Array<int>("shape"), reader.Array<float>("values")));
        }

        foreach ((string key, float[] values) in tables)
        {
            reader.Read<float>("table " + key, values);
        }

        return parameters;
    }
}
