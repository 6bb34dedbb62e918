using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Xml.Linq;
using DinOrleans.TestMachine;

namespace DinOrleans.Packages.Tests;

/// <summary>A package has all that its users, their editors and their debuggers look for, and nothing of the machine that made it.</summary>
public sealed class PackageTests(PackedFixture packed)
{
    /// <summary>The projects that are libraries for others.</summary>
    internal static readonly string[] Libraries = ["Client", "Contracts", "ClusterClient", "ClusterTls", "Programs"];

    public static TheoryData<string> Projects => [.. Libraries];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Package_OfALibrary_DescribesItself(string project)
    {
        using ZipArchive package = packed.Open(project);
        XElement metadata = XDocument.Load(Entry(package, $"DinOrleans.{project}.nuspec").Open()).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        string Value(string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value ?? "";
        Assert.Equal($"DinOrleans.{project}", Value("id"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("The DinOrleans authors", Value("authors"));
        Assert.Contains("DinOrleans", Value("description"), StringComparison.Ordinal);
        Assert.NotEmpty(Value("tags"));
        Assert.Equal(Read(Entry(package, Value("readme"))), File.ReadAllText(RepositoryFolder.Of($"src/{project}/README.md")));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], Bytes(Entry(package, Value("icon")))[..4]);

        // A project that is not packed would be a dependency that nobody can restore.
        Assert.All(
            metadata.Descendants().Where(e => e.Name.LocalName == "dependency").Select(d => (string)d.Attribute("id")!).Where(id => id.StartsWith("DinOrleans.", StringComparison.Ordinal)),
            id => Assert.Contains(id["DinOrleans.".Length..], Libraries));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Package_OfALibrary_HasDocstringsAndSymbols(string project)
    {
        using ZipArchive package = packed.Open(project);
        string library = $"lib/net10.0/DinOrleans.{project}";
        Assert.Contains("<summary>", Read(Entry(package, $"{library}.xml")), StringComparison.Ordinal);
        using ZipArchive symbols = packed.Open(project, "snupkg");
        using var assembly = new PEReader(new MemoryStream(Bytes(Entry(package, $"{library}.dll"))));
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(Entry(symbols, $"{library}.pdb"))));
        DebugDirectoryEntry codeView = assembly.ReadDebugDirectory().Single(e => e.Type == DebugDirectoryEntryType.CodeView);
        Assert.Equal(assembly.ReadCodeViewDebugDirectoryData(codeView).Guid, new BlobContentId(pdb.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Package_OfALibrary_HasNoPathOfTheMachine(string project)
    {
        Assert.SkipUnless(DotnetCommand.Configuration == "Release", "Only what is built for release is free of paths.");
        using ZipArchive package = packed.Open(project);
        using ZipArchive symbols = packed.Open(project, "snupkg");
        string root = RepositoryFolder.Path;
        foreach (ZipArchiveEntry entry in (ZipArchiveEntry[])[.. package.Entries, .. symbols.Entries])
        {
            byte[] bytes = Bytes(entry);
            Assert.False(Holds(bytes, Encoding.UTF8.GetBytes(root)) || Holds(bytes, Encoding.Unicode.GetBytes(root)), $"{entry.FullName} has the path {root}.");
        }

        using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(Entry(symbols, $"lib/net10.0/DinOrleans.{project}.pdb"))));
        MetadataReader reader = pdb.GetMetadataReader();
        Assert.All(reader.Documents, d => Assert.StartsWith("/_/", reader.GetString(reader.GetDocument(d).Name), StringComparison.Ordinal));
    }

    private static bool Holds(byte[] bytes, byte[] part) => bytes.AsSpan().IndexOf(part) >= 0;

    private static ZipArchiveEntry Entry(ZipArchive package, string name)
    {
        ZipArchiveEntry? entry = package.GetEntry(name);
        Assert.True(entry is not null, $"\"{name}\" is not in the package, which has {string.Join(", ", package.Entries.Select(e => e.FullName))}.");
        return entry;
    }

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var copy = new MemoryStream();
        using Stream content = entry.Open();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}
