using DinOrleans.Model.Tensors;
using DinOrleans.Training.Checkpoints;
using DinOrleans.Training.Network.Embeddings;

namespace DinOrleans.Training.Network;

/// <summary>A copy of the weights of a network, kept while training goes on.</summary>
internal sealed class WeightSnapshot(RankingNetwork network)
{
    private readonly (TrainableTable Table, float[] Values)[] _tables =
        [.. network.Embeddings.Tables.Select(t => (t, new float[t.Values.Length]))];

    private IReadOnlyDictionary<string, ParameterValue> _parameters = new Dictionary<string, ParameterValue>();

    /// <summary>Copies the weights of the network.</summary>
    public void Capture()
    {
        _parameters = network.Parameters.Export();
        foreach ((TrainableTable table, float[] values) in _tables)
        {
            table.Values.CopyTo(values, 0);
        }
    }

    public void Save(CheckpointWriter writer) => WeightState.Save(writer, _parameters, _tables.Select(t => (t.Table.Key, t.Values)));

    public void Load(CheckpointReader reader) => _parameters = WeightState.Load(reader, _tables.Select(t => (t.Table.Key, t.Values)));

    /// <summary>Sets the network to the copied weights.</summary>
    public void Restore()
    {
        network.Parameters.Import(_parameters);
        foreach ((TrainableTable table, float[] values) in _tables)
        {
            values.CopyTo(table.Values, 0);
        }
    }
}
