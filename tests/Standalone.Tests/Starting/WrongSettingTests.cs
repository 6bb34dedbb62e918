using DinOrleans.Standalone.Tests.Processes;
using DinOrleans.TestMachine;

namespace DinOrleans.Standalone.Tests.Starting;

/// <summary>
/// Every program ends on a wrong setting or option with one line that names it and exit code 1. The programs run in the test's process: all but
/// their first line is the same there, and hundreds of starts take seconds.
/// </summary>
public sealed class WrongSettingTests : IDisposable
{
    private readonly EmptyShop _shop = new();

    /// <summary>A program, an option, its value (null leaves it out) and what the line must say.</summary>
    public static TheoryData<string, string, string?, string> Wrong => new()
    {
        { "Standalone", "--Scoring:Kernel", "Nope", "Scoring:Kernel is \"Nope\": it must be one of " },
        { "Standalone", "--Scoring:Workers", "many", "Scoring:Workers is \"many\": it must be a whole number from 1 to 256" },
        { "Standalone", "--Scoring:Workers", "257", "Scoring:Workers is \"257\": it must be a whole number from 1 to 256" },
        { "Standalone", "--Scoring:Devices:0", "first", "Scoring:Devices:0 is \"first\": it must be a whole number" },
        { "Standalone", "--Scoring:MaxPadding", "1", "Scoring:MaxPadding is \"1\": it must be a number from 0 to 0.9" },
        { "Standalone", "--Silo:Backend", "Oracle", "Silo:Backend is \"Oracle\": it must be one of Embedded, PostgreSql" },
        { "Standalone", "--Silo:Backend", "7", "Silo:Backend is \"7\": it must be one of Embedded, PostgreSql" },
        { "Standalone", "--Silo:Backend", "PostgreSql", "Silo:ConnectionString must be a connection string" },
        { "Standalone", "--Silo:SiloPort", "0", "Silo:SiloPort is \"0\": it must be a whole number from 1 to 65535" },
        { "Standalone", "--Silo:SiloPort", "99999", "Silo:SiloPort is \"99999\": it must be a whole number from 1 to 65535" },
        { "Standalone", "--Silo:GatewayPort", "", "Silo:GatewayPort is \"\": it must be a whole number" },
        { "Standalone", "--Silo:ClusterId", "", "Silo:ClusterId is \"\": it must not be empty" },
        { "Standalone", "--Silo:IdleUsersLeaveAfter", "00:00:59", "Silo:IdleUsersLeaveAfter is \"00:00:59\"" },
        { "Standalone", "--Silo:AdvertisedAddress", "silo.example", "Silo:AdvertisedAddress is \"silo.example\": it must be an IP address" },
        { "Standalone", "--Silo:ListenOnAnyAddress", "perhaps", "Silo:ListenOnAnyAddress is \"perhaps\": it must be true or false" },
        { "Standalone", "--Rankings:Log", "1", "Rankings:Log is \"1\": it must be true or false" },
        { "Standalone", "--Rankings:WriteEvery", "often", "Rankings:WriteEvery is \"often\": it must be a time" },
        { "Standalone", "--Rankings:WriteEvery", "100", "Rankings:WriteEvery is \"100\": it must be a time (days.hours:minutes:seconds) from 00:00:00 to 00:00:10" },
        { "Standalone", "--Artifacts:Store", "Ftp", "Artifacts:Store is \"Ftp\": it must be one of Folder, S3, AzureBlob" },
        { "Silo", "--Artifacts:Store", "S3", "Artifacts:Bucket is not set: it must be the name of a bucket or container" },
        { "Silo", "--Artifacts:Bucket", "models", "Artifacts:Bucket is given, but Artifacts:Store is Folder, which does not use it" },
        { "Silo", "--Artifacts:Timeout", "00:00:00", "Artifacts:Timeout is \"00:00:00\": it must be a time" },
        { "Standalone", "--Retention:MaxEventAge", "00:00:01", "Retention:MaxEventAge is \"00:00:01\"" },
        { "Standalone", "--Retention:MaxEventsAUser", "0", "Retention:MaxEventsAUser is \"0\"" },
        { "Standalone", "--Gateway:MaxConcurrentRankings", "0", "Gateway:MaxConcurrentRankings is \"0\"" },
        { "Standalone", "--Gateway:MaxBodyBytes", "1", "Gateway:MaxBodyBytes is \"1\"" },
        { "Standalone", "--Silo:SiloPrt", "1", "Silo:SiloPrt is not a setting: the section Silo has AdvertisedAddress, Backend" },
        { "Standalone", "--Sillo:SiloPort", "1", "--Sillo:SiloPort is not an option of this program" },
        { "Standalone", "--Cluster:GatewayPort", "1", "--Cluster:GatewayPort is not an option of this program" },
        { "Standalone", "--dataste", "x", "--dataste is not an option of this program" },
        { "Standalone", "--Silo:DataFolder", "{folder}/other", "--data and --Silo:DataFolder are the same" },
        { "Standalone", "--Shop:SchemaFile", "{folder}/other.json", "Shop:SchemaFile is \"" },
        { "Standalone", "--Scoring:Accelerator", "Cuda", "Scoring:Accelerator is " },
        { "Standalone", "--artifact", "{folder}/nowhere", "--artifact is \"" },
        { "Standalone", "--dataset", "{folder}/nowhere", "nowhere" },
        { "Standalone", "--data", "{folder}/dataset/events.csv", "events.csv\": it must be a folder that this process may write to" },
        { "Standalone", "--data", "", "--data needs a value: --data FOLDER" },
        { "Standalone", "--urls", "nonsense", "urls is \"nonsense\": it must be addresses such as" },
        { "Standalone", "--urls", "ftp://127.0.0.1:{port}", "urls is \"ftp:" },
        { "Standalone", "--urls", "http://127.0.0.1:99999", "urls is \"http://127.0.0.1:99999\"" },
        { "Standalone", "--urls", "http://203.0.113.1:{port}", "it must be an address of this machine" },
        { "Silo", "--Shop:SchemaFile", null, "Shop:SchemaFile is not set: it must not be empty" },
        { "Silo", "--Shop:SchemaFile", "{folder}/nowhere.json", "nowhere.json" },
        { "Silo", "--Shop:SchemaFile", "{folder}/dataset/events.csv", "Shop:SchemaFile names a schema that cannot be read" },
        { "Silo", "--Silo:DataFolder", "{folder}/dataset/events.csv", "Silo:DataFolder is \"" },
        { "Silo", "--urls", "http://127.0.0.1:{port}", "--urls is not an option of this program" },
        { "Silo", "--Scoring:QueueLimit", "0", "Scoring:QueueLimit is \"0\"" },
        { "Silo", "--Monitoring:Urls", "https://127.0.0.1:{port}", "Monitoring:Urls is \"https://127.0.0.1" },
        { "Silo", "--Monitoring:Urls", "8081", "Monitoring:Urls is \"8081\": it must be addresses such as http://localhost" },
        { "Silo", "--Monitoring:Urls", "http://203.0.113.1:{port}", "it must be an address of this machine" },
        { "Silo", "--Monitoring:Url", "http://127.0.0.1:{port}", "Monitoring:Url is not a setting: the section Monitoring has Urls" },
        { "Gateway", "--Monitoring:Urls", "http://127.0.0.1:{port}", "--Monitoring:Urls is not an option of this program" },
        { "Gateway", "--Cluster:Membership", "PostgreSql", "Cluster:ConnectionString must be a connection string" },
        { "Gateway", "--Cluster:Membership", "Consul", "Cluster:Membership is \"Consul\": it must be one of Localhost, PostgreSql" },
        { "Gateway", "--Cluster:GatewayPort", "0", "Cluster:GatewayPort is \"0\"" },
        { "Gateway", "--Cluster:RetryEvery", "soon", "Cluster:RetryEvery is \"soon\"" },
        { "Gateway", "--Silo:SiloPort", "1", "--Silo:SiloPort is not an option of this program" },
        { "Gateway", "--urls", "http://127.0.0.1:-1", "urls is \"" },
        { "Gateway", "--Gateway:RepeatCallsFor", "00:00:11", "Gateway:RepeatCallsFor is \"00:00:11\": it must be a time" },
        { "Gateway", "--Auth:Mode", "Nope", "Auth:Mode is \"Nope\": it must be one of Open, Keys, Jwt" },
        { "Gateway", "--Auth:Mode", "Jwt", "Auth:Issuer must be given where Auth:Mode is Jwt" },
        { "Gateway", "--Auth:RequestsPerSecond", "0", "Auth:RequestsPerSecond is \"0\"" },
        { "Gateway", "--Auth:KeysMaxAge", "00:00:09", "Auth:KeysMaxAge is \"00:00:09\"" },
        { "Gateway", "--urls", "http://*:{port}", "Auth:Mode is Open and http://*:" },
        { "Gateway", "--Cors:Origins:0", "nonsense", "nonsense" },
        { "Standalone", "--Kestrel:Endpoints:Https:Url", "https://127.0.0.1:{port}", "" },
        { "Silo", "--Logging:LogLevel:Default", "Nope", "Nope" },
        { "Standalone", "--Training:Model", "din2", "Training:Model and Training:Options: model \"din2\" is unknown" },
        { "Standalone", "--Training:Options", "{", "Training:Model and Training:Options: options: " },
        { "Standalone", "--Training:Options", "{\"din\":{\"training\":{\"epochs\":0}}}", "epochs must be 1 to 1,000" },
        { "Standalone", "--Training:Niceness", "20", "Training:Niceness is \"20\": it must be a whole number from 0 to 19" },
        { "Standalone", "--Training:Every", "00:00:01", "Training:Every is \"00:00:01\"" },
        { "Standalone", "--Gates:Share", "0.6", "Gates:Share is \"0.6\": it must be a number from 0 to 0.5" },
        { "Silo", "--ClusterTls:CertificateFile", "{folder}/cluster.pem", "ClusterTls:KeyFile must be given where ClusterTls:CertificateFile is given." },
        { "Gateway", "--ClusterTls:AuthorityFile", "{folder}/authority.pem", "ClusterTls:CertificateFile must be given where ClusterTls:AuthorityFile is given." },
        { "Training", "--ClusterTls:Name", "two words", "ClusterTls:Name is \"two words\": it must be a DNS name" },
        { "Silo", "--TrainingQueue:Silence", "00:00:01", "TrainingQueue:Silence is \"00:00:01\"" },
        { "Training", "--Cluster:Membership", null, "Cluster:Membership is \"Localhost\": it must be PostgreSql here" },
        { "Training", "--Cluster:Membership", "PostgreSql", "Cluster:ConnectionString must be a connection string" },
        { "Training", "--TrainingProcess:DataFolder", "", "TrainingProcess:DataFolder is \"\": it must not be empty" },
        { "Training", "--Training:MaxEvents", "7", "Training:MaxEvents is \"7\"" },
        { "Training", "--urls", "http://127.0.0.1:{port}", "--urls is not an option of this program" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task RunAsync_WithAWrongSetting_NamesItInOneLine(string program, string option, string? value, string reason) =>
        Refused.Assert(await EmptyShop.RunAsync(program, _shop.Arguments(program, new Dictionary<string, string?> { [option] = value })), reason);

    [Theory]
    [InlineData("\"serve\" is not an option", "serve")]
    [InlineData("\"-v\" is not an option", "-v")]
    [InlineData("--dataset needs a value: --dataset FOLDER", "--dataset")]
    [InlineData("--dataset needs a value: --dataset FOLDER", "--dataset", "--artifact=x")]
    [InlineData("--artifact is given twice", "--artifact", "x", "--artifact=y")]
    public async Task RunAsync_WithAMalformedCommandLine_NamesTheArgument(string reason, params string[] arguments) =>
        Refused.Assert(await EmptyShop.RunAsync("Standalone", arguments), reason);

    [Fact]
    public async Task RunAsync_WithSeveralWrongSettings_NamesAllAndTouchesNothing()
    {
        CommandResult result = await EmptyShop.RunAsync("Standalone", _shop.Arguments(
            "Standalone", new Dictionary<string, string?> { ["--Gateway:MaxBodyBytes"] = "1", ["--Retention:Period"] = "x", ["--nope"] = "1" }));

        Refused.Assert(result, "Gateway:MaxBodyBytes is \"1\"");
        Refused.Assert(result, "Retention:Period is \"x\"");
        Refused.Assert(result, "--nope is not an option");
        Assert.False(Directory.Exists(_shop.Data));
    }

    [Theory]
    [InlineData("Silo")]
    [InlineData("Standalone")]
    [InlineData("Gateway")]
    [InlineData("Training")]
    public async Task RunAsync_WithACertificateThatTheOthersWouldRefuse_SaysWhyInOneLine(string program)
    {
        using var folder = new TemporaryFolder();
        using var authority = new TestAuthority();
        IssuedCertificate expired = authority.Issue(from: DateTimeOffset.UtcNow.AddDays(-2), to: DateTimeOffset.UtcNow.AddDays(-1));
        var settings = expired.WriteTo(folder.Path).ToDictionary(s => "--" + s.Key, s => (string?)s.Value);

        Refused.Assert(
            await EmptyShop.RunAsync(program, _shop.Arguments(program, settings)),
            $"ClusterTls:CertificateFile is \"{folder["cluster.pem"]}\": the certificate \"CN=dinorleans\" is valid from ");
        File.Delete(folder["cluster.key"]);
        Refused.Assert(
            await EmptyShop.RunAsync(program, _shop.Arguments(program, settings)), $"ClusterTls:KeyFile is \"{folder["cluster.key"]}\": it must be a file that this process may read");
    }

    [Theory]
    [InlineData("Silo", "Silo:Backend", "Silo:ConnectionString")]
    [InlineData("Gateway", "Cluster:Membership", "Cluster:ConnectionString")]
    [InlineData("Training", "Cluster:Membership", "Cluster:ConnectionString")]
    public async Task RunAsync_WithAMalformedConnectionString_TellsNothingOfIt(string program, string kind, string setting)
    {
        CommandResult result = await EmptyShop.RunAsync(program, _shop.Arguments(
            program, new Dictionary<string, string?> { ["--" + kind] = "PostgreSql", ["--" + setting] = "Host=db;Password=sesame;opens=1" }));

        Refused.Assert(result, setting + " must be a connection string");
        Assert.DoesNotContain("sesame", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("opens", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Standalone")]
    [InlineData("Silo")]
    public async Task RunAsync_WhereTheDatabaseDoesNotAnswer_NamesItsSetting(string program) => Refused.Assert(
        await EmptyShop.RunAsync(program, _shop.Arguments(program, new Dictionary<string, string?>
        {
            ["--Silo:Backend"] = "PostgreSql",
            ["--Silo:ConnectionString"] = "Host=127.0.0.1;Port={port};Username=u;Password=sesame",
        })),
        "Silo:ConnectionString names a database that cannot be used");

    [Fact]
    [Trait("Category", "PostgreSql")]
    public async Task RunAsync_WhereThereIsNoSuchDatabase_NamesItsSetting()
    {
        using PostgresServer? server = PostgresServer.TryStart(out string whyNot);
        Assert.SkipWhen(server is null, whyNot);
        string nowhere = server.CreateDatabase() + "-of-somebody-else";

        Refused.Assert(
            await EmptyShop.RunAsync("Silo", _shop.Arguments("Silo", new Dictionary<string, string?> { ["--Silo:Backend"] = "PostgreSql", ["--Silo:ConnectionString"] = nowhere })),
            "Silo:ConnectionString names a database that cannot be used");
        Refused.Assert(
            await EmptyShop.RunAsync("Gateway", _shop.Arguments("Gateway", new Dictionary<string, string?> { ["--Cluster:Membership"] = "PostgreSql", ["--Cluster:ConnectionString"] = nowhere })),
            "Cluster:ConnectionString names a database that cannot be used");
    }

    [Theory]
    [InlineData("Standalone", "--dataset FOLDER", "--Silo:DataFolder", "--Gateway:MaxBodyBytes")]
    [InlineData("Silo", "--Silo:SiloPort", "--Scoring:Kernel", "one of Embedded, PostgreSql; default Embedded")]
    [InlineData("Gateway", "--Cluster:Membership", "--Gateway:RetryAfter", "--Urls")]
    [InlineData("Training", "--Cluster:Membership", "--Training:Every", "--Gates:MaxGaucLoss", "--TrainingProcess:DataFolder")]
    public async Task RunAsync_AskedForHelp_ListsOptionsAndSettingsAndTouchesNothing(string program, params string[] listed)
    {
        CommandResult result = await EmptyShop.RunAsync(program, [.. _shop.Arguments(program, new Dictionary<string, string?>()), "--help"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.All(listed, line => Assert.Contains(line, result.Output, StringComparison.Ordinal));
        Assert.False(Directory.Exists(_shop.Data));
    }

    public void Dispose() => _shop.Dispose();
}
