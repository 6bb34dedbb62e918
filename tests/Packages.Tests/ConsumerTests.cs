using System.Xml.Linq;
using DinOrleans.TestMachine;

namespace DinOrleans.Packages.Tests;

/// <summary>Somebody else's project restores a package from a folder, compiles against it and calls it.</summary>
public sealed class ConsumerTests(PackedFixture packed) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Consumer_OfTheClient_Ranks()
    {
        string output = await RunAsync("DinOrleans.Client", [], """
            using DinOrleans.Client;
            using DinOrleans.Client.Testing;
            using Microsoft.Extensions.DependencyInjection;

            var services = new ServiceCollection();
            services.AddDinOrleansClient(o => o.Address = new Uri("http://localhost:5000"));
            services.AddSingleton<IDinOrleansClient>(new InMemoryDinOrleansClient((user, item) => item == "second" ? 0.9f : 0.1f));
            await using ServiceProvider provider = services.BuildServiceProvider();
            Ranking ranking = await provider.GetRequiredService<IDinOrleansClient>().RankAsync(RankRequest.Create("user", ["first", "second"]));
            Console.WriteLine($"best: {ranking.Items[0].ItemId}");
            """);
        Assert.Contains("best: second", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consumer_OfTheContracts_SerializesWhatGrainsTake()
    {
        string output = await RunAsync("DinOrleans.Contracts", ["Microsoft.Orleans.Client"], """
            using DinOrleans.Contracts.Users;
            using Microsoft.Extensions.DependencyInjection;
            using Orleans.Serialization;

            ServiceProvider provider = new ServiceCollection().AddSerializer().BuildServiceProvider();
            Serializer serializer = provider.GetRequiredService<Serializer>();
            RankQuery copy = serializer.Deserialize<RankQuery>(serializer.SerializeToArray(new RankQuery { Candidates = ["first", "second"], Limit = 1 }))!;
            Console.WriteLine($"copied: {copy.Candidates[1]} {copy.Limit}");
            """);
        Assert.Contains("copied: second 1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consumer_OfTheClusterClient_HasAClientOfTheGrains()
    {
        string output = await RunAsync("DinOrleans.ClusterClient", [], """
            using DinOrleans.ClusterClient;
            using DinOrleans.Contracts.Users;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;
            using Orleans;

            HostApplicationBuilder builder = Host.CreateApplicationBuilder();
            builder.AddDinOrleansGrainClient();
            using IHost host = builder.Build();
            Console.WriteLine($"{host.Services.GetRequiredService<IClusterClient>().GetType().Name} of {typeof(IUserGrain).Name}");
            """);
        Assert.Contains("ClusterClient of IUserGrain", output, StringComparison.Ordinal);
    }

    /// <summary>Makes and runs a project with a package from the folder, and everything else from what was restored on this machine before.</summary>
    private async Task<string> RunAsync(string package, string[] others, string program)
    {
        string restored = (await DotnetCommand.RunAsync(_folder.Path, Cancellation, "dotnet", "nuget", "locals", "global-packages", "--list")).Split(": ", 2)[1].Trim();
        _folder.Write("Program.cs", program);
        _folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{packed.Folder}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="restored" value="{restored}" /></fallbackPackageFolders>
              <config><add key="globalPackagesFolder" value="{_folder["own"]}" /></config>
            </configuration>
            """);
        _folder.Write("Consumer.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <UseAppHost>false</UseAppHost>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="*-*" />
                {string.Join('\n', others.Select(o => $"<PackageReference Include=\"{o}\" Version=\"{Version(o)}\" />"))}
              </ItemGroup>
            </Project>
            """);
        (int exitCode, string output) = await DotnetCommand.TryAsync(_folder.Path, Cancellation, "dotnet", "restore", "--nologo");
        Assert.SkipWhen(
            exitCode != 0 && output.Contains("NU1101", StringComparison.Ordinal) && !output.Contains($"Unable to find package {package}", StringComparison.Ordinal),
            $"A package that {package} needs was not restored on this machine before: {output}");
        Assert.True(exitCode == 0, output);
        return await DotnetCommand.RunAsync(_folder.Path, Cancellation, "dotnet", "run", "-c", "Release", "--no-restore");
    }

    private static string Version(string package) => (string)XDocument.Load(RepositoryFolder.Of("Directory.Packages.props"))
        .Descendants("PackageVersion").Single(v => (string)v.Attribute("Include")! == package).Attribute("Version")!;
}
