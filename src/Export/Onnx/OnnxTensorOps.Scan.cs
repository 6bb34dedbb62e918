using DinOrleans.Export.Onnx.Wire;

namespace DinOrleans.Export.Onnx;

internal sealed partial class OnnxTensorOps
{
    /// <inheritdoc/>
    /// <remarks>The step becomes a graph inside the node, which reads initializers and outer values by name.</remarks>
    public OnnxValue Scan(OnnxValue initial, ReadOnlySpan<OnnxValue> sequences, Func<OnnxValue, OnnxValue[], OnnxValue> step, bool everyState)
    {
        string name = $"Scan_{_nodes++}";
        var body = new GraphProto { Name = name + "/step" };
        OnnxValue state = BodyInput(body, $"{name}/state", initial.Rank);
        var elements = new OnnxValue[sequences.Length];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = BodyInput(body, $"{name}/element/{i}", sequences[i].Rank - 1);
        }

        GraphProto? around = _body;
        _body = body;
        OnnxValue next = step(state, elements);
        BodyOutput(body, next, $"{name}/next");
        if (everyState)
        {
            BodyOutput(body, next, $"{name}/every");
        }

        _body = around;
        var node = new NodeProto { OpType = "Scan", Name = name, Input = { initial.Name }, Output = { $"{name}/last" } };
        foreach (OnnxValue sequence in sequences)
        {
            node.Input.Add(sequence.Name);
        }

        node.Attribute.Add(new AttributeProto { Name = "body", G = body, Type = AttributeProto.Types.AttributeType.Graph });
        node.Attribute.Add(Attribute("num_scan_inputs", sequences.Length));
        node.Attribute.Add(Attribute("scan_input_axes", Enumerable.Repeat(1L, sequences.Length)));
        if (everyState)
        {
            node.Output.Add($"{name}/states");
            node.Attribute.Add(Attribute("scan_output_axes", [1]));
        }

        Nodes.Add(node);
        return everyState ? new($"{name}/states", initial.Rank + 1) : new($"{name}/last", initial.Rank);
    }

    /// <summary>Describes a value without lengths, because the inputs of the scan decide them.</summary>
    private static ValueInfoProto Describe(string name) =>
        new() { Name = name, Type = new TypeProto { TensorType = new() { ElemType = (int)TensorProto.Types.DataType.Float } } };

    private static OnnxValue BodyInput(GraphProto body, string name, int rank)
    {
        body.Input.Add(Describe(name));
        return new(name, rank);
    }

    /// <summary>Declares an output of the body through a node of its own, because a step may return its state unchanged.</summary>
    private static void BodyOutput(GraphProto body, OnnxValue value, string name)
    {
        body.Node.Add(new NodeProto { OpType = "Identity", Name = name, Input = { value.Name }, Output = { name } });
        body.Output.Add(Describe(name));
    }
}
