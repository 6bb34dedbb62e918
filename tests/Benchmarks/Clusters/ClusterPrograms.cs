using System.Security.Cryptography;
using System.Text;
using DinOrleans.Benchmarks.Servers;

namespace DinOrleans.Benchmarks.Clusters;

/// <summary>The silo and the gateway of a source tree, published as the images have them.</summary>
internal sealed class ClusterPrograms
{
    private readonly string _folder;

    private ClusterPrograms(string folder) => _folder = folder;

    /// <summary>Publishes the programs of a source tree.</summary>
    /// <param name="repository">The folder of the source tree.</param>
    /// <param name="scratch">The folder that the programs are kept in for the next run.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">They do not build; the message has the compiler's words.</exception>
    public static async Task<ClusterPrograms> PublishAsync(string repository, string scratch, CancellationToken cancellationToken)
    {
        string tree = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(repository))))[..12];
        var programs = new ClusterPrograms(Path.Combine(scratch, $"programs-{tree}"));
        foreach (string program in (string[])["Silo", "Gateway"])
        {
            string project = Path.Combine(repository, "src", program);
            string output = Path.Combine(programs._folder, program);
            await DotnetBuild.PublishAsync(project, output, Path.Combine(programs._folder, "intermediate"), cancellationToken).ConfigureAwait(false);
        }

        return programs;
    }

    /// <summary>The file of a program, "Silo" or "Gateway".</summary>
    public string PathOf(string program) => Path.Combine(_folder, program, $"DinOrleans.{program}.dll");
}
