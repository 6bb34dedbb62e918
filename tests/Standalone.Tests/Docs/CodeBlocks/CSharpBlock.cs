using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DinOrleans.Standalone.Tests.Docs.CodeBlocks;

/// <summary>Compiles C# of the documentation against the assemblies of this build.</summary>
internal static partial class CSharpBlock
{
    private const string Usings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Orleans;
        global using Orleans.Hosting;
        """;

    /// <summary>What a block without its own usings has at hand: it is part of an application with this builder. A block with usings is a whole program.</summary>
    private const string Surroundings = "WebApplicationBuilder builder = WebApplication.CreateBuilder();\n";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file)),
    ];

    /// <returns>The errors of the compiler.</returns>
    public static string[] Errors(string text)
    {
        string[] own = [.. Using().Matches(text).Select(u => u.Value)];
        string assumed = own.Length > 0 ? "" : text.Contains("IUserGrain", StringComparison.Ordinal) ? "using DinOrleans.Contracts.Users;\n" : "using DinOrleans.Client;\n";
        string body = Using().Replace(text, "");
        bool isOfTypes = Declaration().IsMatch(body);
        string surroundings = isOfTypes || own.Length > 0 ? "" : Surroundings;
        var compilation = CSharpCompilation.Create(
            "block",
            [CSharpSyntaxTree.ParseText(Usings), CSharpSyntaxTree.ParseText($"{assumed}{string.Concat(own)}{surroundings}{body}")],
            References,
            new CSharpCompilationOptions(isOfTypes ? OutputKind.DynamicallyLinkedLibrary : OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];
    }

    [GeneratedRegex(@"^using [\w.]+;\s*\n", RegexOptions.Multiline)]
    private static partial Regex Using();

    /// <summary>A block that begins with a type has no statements that anything could surround.</summary>
    [GeneratedRegex(@"\A\s*(\[|///|(public|internal|file|sealed|static|abstract|partial) .*\b(class|record|struct|interface)\b|(class|record|struct|interface)\b)")]
    private static partial Regex Declaration();
}
