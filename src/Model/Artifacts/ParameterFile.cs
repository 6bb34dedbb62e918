using System.Text;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Artifacts;

/// <summary>
/// <c>parameters.bin</c>: the trained parameters and moving statistics as they were, to evaluate a version and to go on from it.
/// For each, in order of name: name, number of axes, their lengths, then float32 little-endian.
/// </summary>
internal static class ParameterFile
{
    public static void Write(string path, IReadOnlyDictionary<string, ParameterValue> parameters)
    {
        using var writer = new BinaryWriter(File.Create(path), Encoding.UTF8);
        writer.Write(parameters.Count);
        foreach ((string name, ParameterValue value) in parameters.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            writer.Write(value.Shape.Length);
            foreach (int length in value.Shape)
            {
                writer.Write(length);
            }

            RawBytes.Read<float>(value.Data, writer.Write);
        }
    }

    /// <exception cref="EndOfStreamException">The file is cut short.</exception>
    public static IReadOnlyDictionary<string, ParameterValue> Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
        int count = reader.ReadInt32();
        var parameters = new Dictionary<string, ParameterValue>(count);
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString();
            int[] shape = new int[reader.ReadInt32()];
            for (int axis = 0; axis < shape.Length; axis++)
            {
                shape[axis] = reader.ReadInt32();
            }

            float[] data = new float[shape.Aggregate(1, (product, length) => checked(product * length))];
            RawBytes.Fill<float>(data, reader.BaseStream.ReadExactly);
            parameters.Add(name, new(shape, data));
        }

        return parameters;
    }
}
