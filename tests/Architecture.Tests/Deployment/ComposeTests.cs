using DinOrleans.TestMachine;
using YamlDotNet.RepresentationModel;

namespace DinOrleans.Architecture.Tests.Deployment;

/// <summary>What can be said of the compose file without Docker.</summary>
public sealed class ComposeTests
{
    private static readonly YamlNode Compose = Assert.Single(DeployFiles.Yaml("deploy/compose.yml"));

    private static IEnumerable<(string Key, YamlNode Value)> Services => Compose.At("services").Entries();

    private static IEnumerable<(string Key, YamlNode Value)> Programs => Services.Where(s => s.Value.At("build") is not null);

    [Fact]
    public void Services_AreTheClusterAndWhatWatchesIt() => Assert.Equal(
        ["gateway", "grafana", "postgres", "prometheus", "silo-1", "silo-2", "training"], Services.Select(s => s.Key).Order(StringComparer.Ordinal));

    [Fact]
    public void Programs_AreTargetsOfTheDockerfileWithSettingsThatExist()
    {
        Assert.Equal(4, Programs.Count());
        Assert.All(Programs, s =>
        {
            Assert.Contains(s.Value.At("build", "target")!.ToString(), DeployFiles.Stages().Keys);
            Assert.True(File.Exists(RepositoryFolder.Of(s.Value.At("build", "dockerfile")!.ToString())));
            Assert.Equal("true", s.Value.At("read_only")?.ToString());
            string[] settings = [.. s.Value.At("environment").Entries().Select(e => DeployFiles.Setting(e.Key)).OfType<string>()];
            Assert.NotEmpty(settings);
            Assert.Empty(settings.Except(DeployFiles.Settings));
        });
    }

    [Fact]
    public void Programs_KnowEachOtherByCertificatesThatAreMountedFromWhereTheScriptPutsThem()
    {
        string script = File.ReadAllText(RepositoryFolder.Of("deploy/certificates.sh"));
        Assert.All(Programs, s => Assert.Equal(DeployFiles.CertificateSettings, s.Value.At("environment").Entries().Select(e => e.Key).Where(DeployFiles.CertificateSettings.Contains).Order(StringComparer.Ordinal)));
        foreach ((string service, string variable) in Programs.SelectMany(s => DeployFiles.CertificateSettings.Select(v => (s.Key, v))))
        {
            YamlNode program = Programs.Single(s => s.Key == service).Value;
            string path = program.At("environment", variable)!.ToString();
            Assert.StartsWith("/run/secrets/", path, StringComparison.Ordinal);
            string secret = path["/run/secrets/".Length..];
            Assert.Contains(secret, program.At("secrets").Items().Select(n => n.ToString()));
            string file = Compose.At("secrets", secret, "file")!.ToString();
            Assert.StartsWith("./certificates/", file, StringComparison.Ordinal);
            Assert.Contains($"\"$folder/{file["./certificates/".Length..]}\"", script, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Certificates_AreNeitherCommittedNorPutIntoImages() => Assert.All(
        (string[])[".gitignore", ".dockerignore"],
        file => Assert.Contains("deploy/certificates/", File.ReadAllLines(RepositoryFolder.Of(file)).Select(l => l.TrimStart('/'))));

    [Fact]
    public void Volumes_AreDeclaredOrInTheRepository()
    {
        string[] declared = [.. Compose.At("volumes").Entries().Select(v => v.Key)];
        string[] mounted = [.. Services.SelectMany(s => s.Value.At("volumes").Items()).Select(v => v.ToString().Split(':')[0])];
        Assert.NotEmpty(mounted);

        // The operator brings the shop's schema.
        Assert.DoesNotContain(
            mounted, m => m != "./shop" && !declared.Contains(m) && !(m.StartsWith("./", StringComparison.Ordinal) && Path.Exists(RepositoryFolder.Of($"deploy/{m[2..]}"))));
    }

    [Fact]
    public void Services_OfTheBucketsFile_AreThoseWithVersionsAndHaveSettingsThatExist()
    {
        YamlNode bucket = Assert.Single(DeployFiles.Yaml("deploy/compose.s3.yml"));
        (string Key, YamlNode Value)[] services = [.. bucket.At("services").Entries()];
        Assert.Equal(
            Services.Where(s => s.Value.At("volumes").Items().Any(v => v.ToString() == "versions:/data")).Select(s => s.Key).Order(StringComparer.Ordinal),
            services.Select(s => s.Key).Order(StringComparer.Ordinal));
        string[] settings = [.. services.SelectMany(s => s.Value.At("environment").Entries()).Select(e => DeployFiles.Setting(e.Key)).OfType<string>().Distinct()];
        Assert.Contains("Artifacts:Store", settings);
        Assert.Empty(settings.Except(DeployFiles.Settings));
        Assert.Equal(services.Length, services.Select(s => Assert.Single(s.Value.At("volumes").Items()).ToString()).Distinct().Count());
    }

    [Fact]
    public void Ports_AreOfThisMachineOnly() =>
        Assert.All(Services.SelectMany(s => s.Value.At("ports").Items()), p => Assert.StartsWith("127.0.0.1:", p.ToString(), StringComparison.Ordinal));

    [Fact]
    public void Prometheus_AsksEveryProgramOnThePortOfItsImage()
    {
        YamlNode prometheus = Assert.Single(DeployFiles.Yaml("deploy/prometheus/prometheus.yml"));
        string[] asked = [.. prometheus.At("scrape_configs").Items().SelectMany(j => j.At("static_configs").Items()).SelectMany(c => c.At("targets").Items()).Select(t => t.ToString())];
        string[] wanted = [.. Programs.Select(s => $"{s.Key}:{Port(s.Value.At("build", "target")!.ToString())}")];
        Assert.Equal(wanted.Order(StringComparer.Ordinal), asked.Order(StringComparer.Ordinal));
        Assert.All(prometheus.At("scrape_configs").Items(), j => Assert.StartsWith("dinorleans-", j.At("job_name")!.ToString(), StringComparison.Ordinal));
    }

    private static string Port(string target) => DeployFiles.Stages()[target].Single(l => l.StartsWith("EXPOSE ", StringComparison.Ordinal)).Split(' ')[1];
}
