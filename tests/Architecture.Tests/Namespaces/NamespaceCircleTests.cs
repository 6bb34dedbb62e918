using DinOrleans.TestMachine;

namespace DinOrleans.Architecture.Tests.Namespaces;

/// <summary>No two namespaces of a project refer to each other, directly or through others: each can be read before those that use it.</summary>
public sealed class NamespaceCircleTests
{
    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(RepositoryFolder.Of("src"), "*.csproj", SearchOption.AllDirectories).Where(p => !p.Contains("node_modules", StringComparison.Ordinal)).Select(p => Path.GetFileNameWithoutExtension(p))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_OfAProject_FormNoCircle(string project)
    {
        SourceFile[] files = [.. Sources(project)];
        Assert.NotEmpty(files);
        var graph = new NamespaceGraph(files);
        Assert.Empty(graph.Circles().SelectMany(graph.References));
    }

    [Theory]
    [InlineData("using A.Two;", "class One;", "using A.One;")]
    [InlineData("", "class One { Two.Second field; }", "using A.One;")]
    [InlineData("using static A.Two.Second;", "class One;", "using Alias = A.One.One;")]
    public void Circles_OfTwoNamespaces_AreFound(string firstUsing, string first, string secondUsing)
    {
        var graph = new NamespaceGraph(
        [
            new SourceFile("one.cs", $"{firstUsing}\nnamespace A.One;\n{first}"),
            new SourceFile("two.cs", $"{secondUsing}\nnamespace A.Two;\nclass Second;"),
        ]);
        Assert.Equal(["A.One -> A.Two in one.cs", "A.Two -> A.One in two.cs"], graph.References(Assert.Single(graph.Circles())));
    }

    [Fact]
    public void Circles_OfANamespaceAndOneInIt_AreFound()
    {
        var graph = new NamespaceGraph(
        [
            new SourceFile("outer.cs", "using A.Inner;\nnamespace A;\npublic sealed class Outer;"),
            new SourceFile("inner.cs", "namespace A.Inner;\ninternal record Inner(Outer Around);"),
        ]);
        Assert.Equal(["A", "A.Inner"], Assert.Single(graph.Circles()).Order());
    }

    [Fact]
    public void Circles_OfNamesInCommentsAndTexts_AreNone()
    {
        var graph = new NamespaceGraph(
        [
            new SourceFile("outer.cs", "using A.Inner;\nnamespace A;\nclass Outer;"),
            new SourceFile("inner.cs", "namespace A.Inner;\n/// <summary>See Outer.</summary>\nclass Inner { string text = \"an \\\"Outer\\\" // text\"; }"),
        ]);
        Assert.Empty(graph.Circles());
    }

    private static IEnumerable<SourceFile> Sources(string project) =>
        from file in Directory.EnumerateFiles(RepositoryFolder.Of($"src/{project}"), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(RepositoryFolder.Path, file).Replace('\\', '/')
        where !path.StartsWith($"src/{project}/obj/", StringComparison.Ordinal) && !path.StartsWith($"src/{project}/bin/", StringComparison.Ordinal)
        select new SourceFile(path, File.ReadAllText(file));
}
