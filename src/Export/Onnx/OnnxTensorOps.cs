using System.Runtime.InteropServices;
using DinOrleans.Export.Onnx.Wire;
using DinOrleans.Model.Tensors;
using Google.Protobuf;

namespace DinOrleans.Export.Onnx;

/// <summary>A value in the graph.</summary>
/// <param name="Name">The name of the value in the graph.</param>
/// <param name="Rank">The number of axes.</param>
internal readonly record struct OnnxValue(string Name, int Rank);

/// <summary>Writes each operation as a node of an ONNX graph, and each parameter as an initializer.</summary>
internal sealed partial class OnnxTensorOps(IReadOnlyDictionary<string, ParameterValue> parameters) : ITensorOps<OnnxValue>
{
    private readonly Dictionary<string, OnnxValue> _initializers = [];
    private int _nodes;

    /// <summary>The body of the node that is being written, which takes the nodes; null for the graph itself.</summary>
    private GraphProto? _body;

    public GraphProto Graph { get; } = new() { Name = "scorer" };

    private Google.Protobuf.Collections.RepeatedField<NodeProto> Nodes => (_body ?? Graph).Node;

    public OnnxValue Parameter(string name, ReadOnlySpan<int> shape, Initializer initializer)
    {
        ParameterValue value = Value(name);
        if (!shape.SequenceEqual(value.Shape))
        {
            throw new InvalidOperationException(
                $"Parameter {name} has shape [{string.Join(", ", value.Shape)}], but the model asks for [{string.Join(", ", shape.ToArray())}].");
        }

        return Initializer(name, value.Shape, value.Data);
    }

    public OnnxValue Constant(float value) =>
        Initializer("constant/" + value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), [], [value]);

    public OnnxValue MatMul(OnnxValue left, OnnxValue right) => Node("MatMul", Math.Max(left.Rank, right.Rank), [left, right]);

    /// <inheritdoc/>
    /// <remarks>Written as one Gemm over all rows, because adding a short bias to each row afterwards costs the runtime as much as a matrix product.</remarks>
    public OnnxValue Linear(OnnxValue x, OnnxValue weight, OnnxValue bias)
    {
        if (x.Rank == 2)
        {
            return Node("Gemm", 2, [x, weight, bias]);
        }

        OnnxValue rows = Node("Flatten", 2, [x], Attribute("axis", x.Rank - 1));
        OnnxValue leading = Node("Slice", 1, [Node("Shape", 1, [x]), Integers(0), Integers(-1)]);
        OnnxValue shape = Node("Concat", 1, [leading, Integers(-1)], Attribute("axis", 0));
        return Node("Reshape", x.Rank, [Node("Gemm", 2, [rows, weight, bias]), shape]);
    }

    public OnnxValue Add(OnnxValue left, OnnxValue right) => Broadcast("Add", left, right);

    public OnnxValue Sub(OnnxValue left, OnnxValue right) => Broadcast("Sub", left, right);

    public OnnxValue Mul(OnnxValue left, OnnxValue right) => Broadcast("Mul", left, right);

    public OnnxValue Div(OnnxValue left, OnnxValue right) => Broadcast("Div", left, right);

    public OnnxValue Concat(ReadOnlySpan<OnnxValue> parts) => Node("Concat", parts[0].Rank, parts, Attribute("axis", -1));

    public OnnxValue Sigmoid(OnnxValue x) => Node("Sigmoid", x.Rank, [x]);

    public OnnxValue Tanh(OnnxValue x) => Node("Tanh", x.Rank, [x]);

    public OnnxValue Relu(OnnxValue x) => Node("Relu", x.Rank, [x]);

    public OnnxValue Sqrt(OnnxValue x) => Node("Sqrt", x.Rank, [x]);

    public OnnxValue Softplus(OnnxValue x) => Node("Softplus", x.Rank, [x]);

    public OnnxValue ZerosLike(OnnxValue x) => Node("ConstantOfShape", x.Rank, [Node("Shape", 1, [x])]);

    public OnnxValue PRelu(OnnxValue x, OnnxValue slope) => Node("PRelu", x.Rank, [x, slope]);

    public OnnxValue Softmax(OnnxValue x) => Node("Softmax", x.Rank, [x], Attribute("axis", -1));

    public OnnxValue Sum(OnnxValue x, int axis, bool keepAxis) =>
        Node("ReduceSum", keepAxis ? x.Rank : x.Rank - 1, [x, Axis(axis)], Attribute("keepdims", keepAxis ? 1 : 0));

    public OnnxValue CumulativeSum(OnnxValue x) => Node("CumSum", x.Rank, [x, Axis(-1)]);

    public OnnxValue Unsqueeze(OnnxValue x, int axis) => Node("Unsqueeze", x.Rank + 1, [x, Axis(axis)]);

    public OnnxValue Squeeze(OnnxValue x, int axis) => Node("Squeeze", x.Rank - 1, [x, Axis(axis)]);

    public OnnxValue SplitLast(OnnxValue x, int length) =>
        Node("Reshape", x.Rank + 1, [x, Integers([.. Enumerable.Repeat(0L, x.Rank - 1), -1, length])]);

    public OnnxValue MergeLast(OnnxValue x) =>
        Node("Reshape", x.Rank - 1, [x, Integers([.. Enumerable.Repeat(0L, x.Rank - 2), -1])]);

    public OnnxValue Slice(OnnxValue x, int axis, int start, int end) =>
        Node("Slice", x.Rank, [x, Integers(start), Integers(end == int.MaxValue ? long.MaxValue : end), Integers(axis)]);

    public OnnxValue TransposeLast(OnnxValue x)
    {
        long[] permutation = [.. Enumerable.Range(0, x.Rank - 2), x.Rank - 1, x.Rank - 2];
        return Node("Transpose", x.Rank, [x], Attribute("perm", permutation));
    }

    public OnnxValue Standardise(string name, OnnxValue x, int channels, float epsilon, Func<OnnxValue> mask)
    {
        float[] mean = Value(MovingStatistics.Mean(name)).Data;
        float[] variance = Value(MovingStatistics.Variance(name)).Data;
        float[] scale = [.. variance.Select(v => 1 / MathF.Sqrt(v + epsilon))];
        float[] shift = [.. mean.Zip(scale, (m, s) => -m * s)];
        return Add(Mul(x, Initializer($"{name}/scale", [channels], scale)), Initializer($"{name}/shift", [channels], shift));
    }

    public OnnxValue Dropout(OnnxValue x, float rate) => x;

    /// <summary>Declares a graph input. Each axis is a number or a symbolic name.</summary>
    public OnnxValue Input(string name, params object[] axes)
    {
        Graph.Input.Add(Describe(name, axes));
        return new(name, axes.Length);
    }

    /// <summary>Declares a value to be a graph output under a name.</summary>
    public void Output(OnnxValue value, string name, params object[] axes)
    {
        Graph.Node.Add(new NodeProto { OpType = "Identity", Name = "output/" + name, Input = { value.Name }, Output = { name } });
        Graph.Output.Add(Describe(name, axes));
    }

    private static ValueInfoProto Describe(string name, object[] axes)
    {
        var shape = new TensorShapeProto();
        foreach (object axis in axes)
        {
            shape.Dim.Add(axis is int length
                ? new TensorShapeProto.Types.Dimension { DimValue = length }
                : new TensorShapeProto.Types.Dimension { DimParam = (string)axis });
        }

        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }

    private static AttributeProto Attribute(string name, int value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    private static AttributeProto Attribute(string name, IEnumerable<long> values) =>
        new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };

    private ParameterValue Value(string name) => parameters.TryGetValue(name, out ParameterValue? value)
        ? value
        : throw new InvalidOperationException($"The model asks for parameter {name}, which was not trained.");

    private OnnxValue Broadcast(string type, OnnxValue left, OnnxValue right) => Node(type, Math.Max(left.Rank, right.Rank), [left, right]);

    private OnnxValue Axis(int axis) => Integers(axis);

    private OnnxValue Integers(params long[] data)
    {
        string name = $"integers/{string.Join(',', data)}";
        if (!_initializers.TryGetValue(name, out OnnxValue value))
        {
            Graph.Initializer.Add(new TensorProto
            {
                Name = name,
                DataType = (int)TensorProto.Types.DataType.Int64,
                Dims = { data.Length },
                RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(data.AsSpan())),
            });
            value = _initializers[name] = new(name, 1);
        }

        return value;
    }

    private OnnxValue Initializer(string name, int[] shape, float[] data)
    {
        if (!_initializers.TryGetValue(name, out OnnxValue value))
        {
            Graph.Initializer.Add(new TensorProto
            {
                Name = name,
                DataType = (int)TensorProto.Types.DataType.Float,
                Dims = { shape.Select(n => (long)n) },
                RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(data.AsSpan())),
            });
            value = _initializers[name] = new(name, shape.Length);
        }

        return value;
    }

    private OnnxValue Node(string type, int rank, ReadOnlySpan<OnnxValue> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        string name = $"{type}_{_nodes++}";
        var node = new NodeProto { OpType = type, Name = name, Output = { name } };
        foreach (OnnxValue input in inputs)
        {
            node.Input.Add(input.Name);
        }

        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        Nodes.Add(node);
        return new(name, rank);
    }
}
