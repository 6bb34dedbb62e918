using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace DinOrleans.Gateway.WebConsole;

/// <summary>The built files of the console, which are part of the assembly.</summary>
internal sealed class ConsoleFiles
{
    private const string Prefix = "console/";
    private const string PageName = "index.html";

    private readonly FrozenDictionary<string, ConsoleFile> _files;

    public ConsoleFiles()
    {
        _files = typeof(ConsoleFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(Load)
            .ToFrozenDictionary(f => f.Name, StringComparer.Ordinal);
        Page = _files.GetValueOrDefault(PageName) ?? throw new InvalidOperationException("The console is not embedded in the assembly.");
    }

    /// <summary>The page, which is the same at every address of the console.</summary>
    public ConsoleFile Page { get; }

    /// <summary>Finds a file by its path below <c>/console</c>; null where there is none.</summary>
    public ConsoleFile? Find(string path) => _files.GetValueOrDefault(path);

    private static ConsoleFile Load(string resource)
    {
        using Stream stream = typeof(ConsoleFiles).Assembly.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);

        // On Windows, the names of resources have the separators of its paths.
        string name = resource[Prefix.Length..].Replace('\\', '/');
        return new(name, content, ContentType(name), new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\""));
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".txt" => "text/plain; charset=utf-8",
        string other => throw new InvalidOperationException($"The console has a file {name}, and {other} has no content type here."),
    };
}

/// <summary>A file of the console.</summary>
/// <param name="Name">The path below <c>/console</c>, with forward slashes.</param>
/// <param name="Content">The bytes.</param>
/// <param name="ContentType">The content type.</param>
/// <param name="Tag">Changes with the bytes.</param>
internal sealed record ConsoleFile(string Name, byte[] Content, string ContentType, EntityTagHeaderValue Tag);
