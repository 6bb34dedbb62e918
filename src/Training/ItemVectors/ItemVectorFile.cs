using System.Runtime.InteropServices;
using System.Text;

namespace DinOrleans.Training.ItemVectors;

/// <summary>
/// Item vectors for a search by inner product, in one file, little-endian: the 8 ASCII characters <c>ITEMVECS</c>, int32 format (1), int32
/// items n, int32 width w; n ids, each as int32 bytes and that many bytes of UTF-8; then n · w float32, item by item in the order of
/// the ids.
/// </summary>
public static class ItemVectorFile
{
    private const int CurrentFormat = 1;
    private static readonly byte[] Magic = "ITEMVECS"u8.ToArray();

    /// <summary>Writes beside the path first, then takes its place.</summary>
    /// <param name="path">Replaced where it is there.</param>
    /// <param name="itemIds">n.</param>
    /// <param name="width">w.</param>
    /// <param name="vectors">n · w floats in parts of any length.</param>
    /// <exception cref="ArgumentException">There are more or fewer floats.</exception>
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
                    throw new ArgumentException($"{itemIds.Count} items of {width} floats need as many, not {floats}.");
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
    /// <returns>Each item's vector by its id.</returns>
    /// <exception cref="InvalidDataException">The file is none of item vectors, of another format, or cut short.</exception>
    public static IReadOnlyDictionary<string, float[]> Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            {
                throw new InvalidDataException($"{path}: is no file of item vectors.");
            }

            int format = reader.ReadInt32();
            if (format != CurrentFormat)
            {
                throw new InvalidDataException($"{path}: has format {format}, this program reads {CurrentFormat}.");
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
            throw new InvalidDataException($"{path}: is cut short.", e);
        }
    }
}
