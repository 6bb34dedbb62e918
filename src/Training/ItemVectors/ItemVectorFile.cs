using System.Runtime.InteropServices;
using System.Text;
using DinOrleans.Model.Validation;

namespace DinOrleans.Training.ItemVectors;

/// <summary>
/// A file of item vectors for a search by inner product. It is little-endian and holds the 8 ASCII characters <c>ITEMVECS</c>, the format (1), the number
/// of items n and the width w as int32, then n ids, each as an int32 length in bytes and that many bytes of UTF-8, then n · w float32, item by item in
/// the order of the ids.
/// </summary>
public static class ItemVectorFile
{
    private const int CurrentFormat = 1;
    private static readonly byte[] Magic = "ITEMVECS"u8.ToArray();

    /// <summary>Writes a file beside its place and then renames it into it.</summary>
    /// <param name="path">The path. An existing file is replaced.</param>
    /// <param name="itemIds">[n] The ids.</param>
    /// <param name="width">w, the number of floats per item.</param>
    /// <param name="vectors">[n · w] The vectors in parts of any length.</param>
    /// <exception cref="ArgumentException">There are more or fewer floats than n · w.</exception>
    public static void Write(string path, IReadOnlyList<string> itemIds, int width, IEnumerable<float[]> vectors)
    {
        string beside = $"{path}.writing-{Guid.NewGuid():N}";
        try
        {
            using (var writer = new BinaryWriter(File.Create(beside), Encoding.UTF8))
            {
                writer.Write(Magic);
                writer.Write(CurrentFormat);
                writer.Write(itemIds.Count);
                writer.Write(width);
                foreach (string id in itemIds)
                {
                    byte[] text = Encoding.UTF8.GetBytes(id);
                    writer.Write(text.Length);
                    writer.Write(text);
                }

                long floats = 0;
                foreach (float[] part in vectors)
                {
                    writer.Write(MemoryMarshal.AsBytes(part.AsSpan()));
                    floats += part.Length;
                }

                if (floats != (long)itemIds.Count * width)
                {
                    throw new ArgumentException($"{itemIds.Count} items of {width} floats have {(long)itemIds.Count * width} floats, not {floats}.");
                }
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <returns>The vectors by item id.</returns>
    /// <exception cref="InvalidContentException">The file is not one of item vectors, has another format, or is cut short.</exception>
    public static IReadOnlyDictionary<string, float[]> Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            {
                throw new InvalidContentException($"{path}: is not a file of item vectors.");
            }

            int format = reader.ReadInt32();
            if (format != CurrentFormat)
            {
                throw new InvalidContentException($"{path}: has format {format}, but this program reads format {CurrentFormat}.");
            }

            string[] ids = new string[reader.ReadInt32()];
            int width = reader.ReadInt32();
            for (int i = 0; i < ids.Length; i++)
            {
                ids[i] = Encoding.UTF8.GetString(reader.ReadBytes(reader.ReadInt32()));
            }

            var vectors = new Dictionary<string, float[]>(ids.Length, StringComparer.Ordinal);
            foreach (string id in ids)
            {
                float[] vector = new float[width];
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(vector.AsSpan()));
                vectors.Add(id, vector);
            }

            return vectors;
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidContentException($"{path}: is cut short.", e);
        }
    }
}
