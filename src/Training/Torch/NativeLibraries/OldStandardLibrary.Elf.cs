using System.Buffers.Binary;
using System.Text;

namespace DinOrleans.Training.Torch.NativeLibraries;

/// <content>
/// Edits the image of the library in place. It imports one symbol of version GLIBCXX_3.4.32, <c>std::ios_base_library_init()</c>, which does nothing
/// once iostreams are initialised, and libtorch has done that by then. That import becomes <c>steady_clock::now()</c>, another import that takes no
/// argument and has no effect, and the version requirement becomes GLIBCXX_3.4.30. No byte is moved. Structures: System V ABI, ELF-64, and the symbol
/// versioning of the Linux Standard Base.
/// </content>
internal static partial class OldStandardLibrary
{
    /// <summary>The only symbol of the version that older hosts lack.</summary>
    private const string MissingSymbol = "_ZSt21ios_base_library_initv";

    private const string StandInSymbol = "_ZNSt6chrono3_V212steady_clock3nowEv";
    private const string MissingVersion = "GLIBCXX_3.4.32";
    private const string StandInVersion = "GLIBCXX_3.4.30";

    private const int SymbolSize = 24;
    private const uint DynamicSymbols = 11;
    private const uint VersionNeeds = 0x6ffffffe;
    private const uint SymbolVersions = 0x6fffffff;

    /// <summary>Edits the image of a shared library.</summary>
    /// <param name="image">The whole file.</param>
    /// <returns>True if the image was edited, false if it does not require the missing version.</returns>
    /// <exception cref="InvalidDataException">The image is not a 64-bit little-endian ELF file, or needs more than these edits.</exception>
    internal static bool Relax(Span<byte> image)
    {
        try
        {
            return RelaxChecked(image);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new InvalidDataException("The shared library is cut short or damaged.", e);
        }
    }

    private static bool RelaxChecked(Span<byte> image)
    {
        if (!image.StartsWith("\u007fELF\u0002\u0001"u8))
        {
            throw new InvalidDataException("The shared library is not a 64-bit little-endian ELF file.");
        }

        Section symbols = Find(image, DynamicSymbols);
        Section names = Read(image, symbols.Link);
        Section versions = Find(image, SymbolVersions);
        Section needs = Find(image, VersionNeeds);
        if (Need(image, needs, names, MissingVersion) is not int missingNeed)
        {
            return false;
        }

        int standInNeed = Need(image, needs, names, StandInVersion) ?? throw Unsupported($"does not require {StandInVersion}");
        int missing = Symbol(image, symbols, names, MissingSymbol) ?? throw Unsupported($"does not import {MissingSymbol}");
        int standIn = Symbol(image, symbols, names, StandInSymbol) ?? throw Unsupported($"does not import {StandInSymbol}");

        ushort index = U16(image, missingNeed + 6);
        for (int i = 0; i < versions.Size / sizeof(ushort); i++)
        {
            if (i != missing && U16(image, versions.Offset + (i * sizeof(ushort))) == index)
            {
                throw Unsupported($"imports more of {MissingVersion} than {MissingSymbol}");
            }
        }

        image.Slice(symbols.Offset + (standIn * SymbolSize), sizeof(uint)).CopyTo(image[(symbols.Offset + (missing * SymbolSize))..]);
        image.Slice(versions.Offset + (standIn * sizeof(ushort)), sizeof(ushort)).CopyTo(image[(versions.Offset + (missing * sizeof(ushort)))..]);
        image.Slice(standInNeed, sizeof(uint)).CopyTo(image[missingNeed..]);
        image.Slice(standInNeed + 8, sizeof(uint)).CopyTo(image[(missingNeed + 8)..]);
        return true;
    }

    /// <returns>The index of a dynamic symbol.</returns>
    private static int? Symbol(ReadOnlySpan<byte> image, Section symbols, Section names, string name)
    {
        for (int i = 0; i < symbols.Size / SymbolSize; i++)
        {
            if (IsName(image, names, U32(image, symbols.Offset + (i * SymbolSize)), name))
            {
                return i;
            }
        }

        return null;
    }

    /// <returns>The offset of the Vernaux entry of a version: hash, flags, index, name, next.</returns>
    private static int? Need(ReadOnlySpan<byte> image, Section needs, Section names, string version)
    {
        int library = needs.Offset;
        for (uint i = 0; i < needs.Info; i++)
        {
            int entry = library + Int(U32(image, library + 8));
            for (int k = 0; k < U16(image, library + 2); k++)
            {
                if (IsName(image, names, U32(image, entry + 8), version))
                {
                    return entry;
                }

                entry += Int(U32(image, entry + 12));
            }

            library += Int(U32(image, library + 12));
        }

        return null;
    }

    private static bool IsName(ReadOnlySpan<byte> image, Section names, uint offset, string name)
    {
        Span<byte> expected = stackalloc byte[Encoding.ASCII.GetByteCount(name) + 1];
        expected.Clear();
        Encoding.ASCII.GetBytes(name, expected);
        return image[(names.Offset + Int(offset))..].StartsWith(expected);
    }

    private static Section Find(ReadOnlySpan<byte> image, uint type)
    {
        for (uint i = 0; i < U16(image, 0x3c); i++)
        {
            Section section = Read(image, i);
            if (section.Type == type)
            {
                return section;
            }
        }

        throw Unsupported($"has no section of type 0x{type:x}");
    }

    private static Section Read(ReadOnlySpan<byte> image, uint index)
    {
        int header = Int(U64(image, 0x28)) + (Int(index) * U16(image, 0x3a));
        return new(
            U32(image, header + 0x04),
            Int(U64(image, header + 0x18)),
            Int(U64(image, header + 0x20)),
            U32(image, header + 0x28),
            U32(image, header + 0x2c));
    }

    private static InvalidDataException Unsupported(string what) => new($"The shared library {what}; it cannot be made to load on this system.");

    private static int Int(ulong value) => value <= int.MaxValue
        ? (int)value
        : throw new InvalidDataException("The shared library is cut short or damaged.");

    private static ushort U16(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(image[offset..]);

    private static uint U32(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(image[offset..]);

    private static ulong U64(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(image[offset..]);

    private readonly record struct Section(uint Type, int Offset, int Size, uint Link, uint Info);
}
