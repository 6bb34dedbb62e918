using DinOrleans.Export.Onnx.Wire;

namespace DinOrleans.Export.Onnx;

internal sealed partial class OnnxTensorOps
{
    /// <summary>The number of columns from which one weight matrix per row costs less than one vector per pair.</summary>
    private const long ManyColumns = 48;

    /// <inheritdoc/>
    /// <remarks>The graph chooses the form at each run, because matrices per row are as large for one column as for a thousand.</remarks>
    public OnnxValue PairLinear(OnnxValue rows, OnnxValue columns, OnnxValue rowTerm, OnnxValue columnWeight, OnnxValue productWeight)
    {
        OnnxValue count = Node("Slice", 1, [Node("Shape", 1, [columns]), Integers(1), Integers(2)]);
        OnnxValue many = Node("Greater", 1, [count, Integers(ManyColumns - 1)]);
        return If(
            many,
            () => ByRowWeights(rows, columns, rowTerm, columnWeight, productWeight),
            () => ByPairs(rows, columns, rowTerm, columnWeight, productWeight));
    }

    /// <summary>
    /// c·W꜀ + (r⊙c)·Wₚ = c·(W꜀ + diag(r)·Wₚ): one matrix per row instead of one vector per pair. The term of the row alone is the weight of a
    /// column that is always 1. The product is then the only pass over all pairs.
    /// </summary>
    private OnnxValue ByRowWeights(OnnxValue rows, OnnxValue columns, OnnxValue rowTerm, OnnxValue columnWeight, OnnxValue productWeight)
    {
        OnnxValue weight = Add(Mul(Unsqueeze(rows, -1), productWeight), columnWeight);
        OnnxValue weights = Node("Concat", 4, [weight, Unsqueeze(rowTerm, -2)], Attribute("axis", -2));
        OnnxValue padded = Node("Pad", 3, [columns, Integers(0, 0, 0, 0, 0, 1), Constant(1)]);
        return MatMul(Unsqueeze(padded, 1), weights);
    }

    private OnnxValue ByPairs(OnnxValue rows, OnnxValue columns, OnnxValue rowTerm, OnnxValue columnWeight, OnnxValue productWeight)
    {
        OnnxValue pairs = Mul(Unsqueeze(rows, 2), Unsqueeze(columns, 1));
        OnnxValue columnTerm = Unsqueeze(MatMul(columns, columnWeight), 1);
        return Add(Add(MatMul(pairs, productWeight), columnTerm), Unsqueeze(rowTerm, 2));
    }

    /// <summary>Computes one of two values, as a condition says.</summary>
    private OnnxValue If(OnnxValue condition, Func<OnnxValue> then, Func<OnnxValue> otherwise)
    {
        string name = $"If_{_nodes++}";
        (GraphProto thenBranch, int rank) = Branch(name + "/then", then);
        (GraphProto otherBranch, _) = Branch(name + "/else", otherwise);
        Nodes.Add(new NodeProto
        {
            OpType = "If",
            Name = name,
            Input = { condition.Name },
            Output = { name },
            Attribute =
            {
                new AttributeProto { Name = "then_branch", G = thenBranch, Type = AttributeProto.Types.AttributeType.Graph },
                new AttributeProto { Name = "else_branch", G = otherBranch, Type = AttributeProto.Types.AttributeType.Graph },
            },
        });
        return new(name, rank);
    }

    private (GraphProto Branch, int Rank) Branch(string name, Func<OnnxValue> content)
    {
        var branch = new GraphProto { Name = name };
        GraphProto? around = _body;
        _body = branch;
        OnnxValue value = content();
        branch.Output.Add(Describe(value.Name));
        _body = around;
        return (branch, value.Rank);
    }
}
