using System.Text;
using DinOrleans.Model.Tensors;

namespace DinOrleans.Model.Artifacts;

/// <summary>
/// The file <c>parameters.bin</c>: the trained parameters and moving statistics, to evaluate a version or to start a training from it. For each,
/// in the order of their names: the name, the number of axes, their lengths, then the values as float32, little-endian.
/// </summary>
internal static class ParameterFile
{
    private const int MaxAxes = 8;

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

    /// <summary>Reads a file of parameters. No memory is allocated for more than the file can hold.</summary>
    /// <exception cref="ArtifactException">The file is cut short, has an impossible shape, or names a parameter twice.</exception>
    public static IReadOnlyDictionary<string, ParameterValue> Read(string path)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
            int count = reader.ReadInt32();
            Dictionary<string, ParameterValue> parameters = [];
            for (int i = 0; i < count; i++)
            {
                string name = reader.ReadString();
                int[] shape = ReadShape(reader, name);
                float[] data = new float[Elements(reader, name, shape)];
                RawBytes.Fill<float>(data, reader.BaseStream.ReadExactly);
                if (!parameters.TryAdd(name, new(shape, data)))
                {
                    throw new ArtifactException(ArtifactFiles.Parameters, $"names \"{name}\" twice");
                }
            }

            return parameters;
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or DecoderFallbackException)
        {
            throw new ArtifactException(ArtifactFiles.Parameters, "is cut short or is not a file of parameters", e);
        }
        catch (FileNotFoundException e)
        {
            throw new ArtifactException(ArtifactFiles.Parameters, "is missing", e);
        }
    }

    private static int[] ReadShape(BinaryReader reader, string name)
    {
        int axes = reader.ReadInt32();
        if (axes is < 0 or > MaxAxes)
        {
            throw new ArtifactException(ArtifactFiles.Parameters, $"gives \"{name}\" {axes} axes, not 0 to {MaxAxes}");
        }

        int[] shape = new int[axes];
        for (int axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = reader.ReadInt32();
        }

        return shape;
    }

    /// <summary>The number of values of a shape, if the rest of the file holds as many.</summary>
    private static int Elements(BinaryReader reader, string name, int[] shape)
    {
        long most = (reader.BaseStream.Length - reader.BaseStream.Position) / sizeof(float);
        long elements = 1;
        foreach (int length in shape)
        {
            elements = length < 0 || elements > int.MaxValue ? -1 : elements * length;
            if (elements < 0 || elements > most)
            {
                throw new ArtifactException(ArtifactFiles.Parameters, $"gives \"{name}\" the shape [{string.Join(", ", shape)}], which the file is too short for");
            }
        }

        return elements <= Array.MaxLength
            ? (int)elements
            : throw new ArtifactException(ArtifactFiles.Parameters, $"gives \"{name}\" more numbers than an array holds");
    }
}
