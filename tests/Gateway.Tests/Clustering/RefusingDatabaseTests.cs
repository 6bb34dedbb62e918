using DinOrleans.ClusterClient;
using DinOrleans.Programs.Settings;
using DinOrleans.TestMachine;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace DinOrleans.Gateway.Tests.Clustering;

[Trait("Category", "PostgreSql")]
public sealed class RefusingDatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GrainClient_InAnyHostWhoseDatabaseRefusesIt_EndsTheStartAndNamesTheSetting()
    {
        using PostgresServer? postgres = PostgresServer.TryStart(out string whyNot);
        Assert.SkipWhen(postgres is null, whyNot);
        var missing = new NpgsqlConnectionStringBuilder(postgres.CreateDatabase()) { Database = "nothing" };
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddDinOrleansGrainClient(o => (o.Membership, o.ConnectionString) = (ClusterMembership.PostgreSql, missing.ConnectionString));
        using IHost host = builder.Build();

        SettingException refused = await Assert.ThrowsAsync<SettingException>(() => host.StartAsync(Cancellation));

        Assert.StartsWith("Cluster:ConnectionString names a database that cannot be used: ", refused.Message, StringComparison.Ordinal);
    }
}
