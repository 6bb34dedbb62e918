using System.Globalization;
using DinOrleans.Contracts.Users;
using DinOrleans.TestShop;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Metadata;

namespace DinOrleans.Cluster.Tests;

/// <summary>Silos and callers whose grain interfaces have different versions, as while a cluster is upgraded.</summary>
public sealed class VersionTests
{
    private const int Users = 20;

    /// <summary>The silo of the older build. The other one is of the newer build.</summary>
    private const int Older = 0;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_OfAnOlderBuild_IsTakenBySilosOfBoth()
    {
        await using ShopCluster shop = await StartAsync(callers: 1);
        for (int user = 0; user < Users; user++)
        {
            shop.PlaceOn(user % 2);
            Assert.Equal(1, (await shop.User($"u{user}").AppendAsync([ShopCluster.Click($"u{user}", SmallShop.ItemIds[0], 1)], Cancellation)).Accepted);
        }

        Assert.Equal(Users / 2, await shop.CountUsersAsync(Older));
        Assert.Equal(Users / 2, await shop.CountUsersAsync(1 - Older));
    }

    [Fact]
    public async Task Call_OfANewerBuild_MovesTheUserToASiloOfThatBuildWithAllThatWasAcknowledged()
    {
        await using ShopCluster shop = await StartAsync(callers: 2);
        var ofOlder = shop.Service<IGrainFactory>(Older);
        for (int user = 0; user < Users; user++)
        {
            shop.PlaceOn(Older);
            await ofOlder.GetGrain<IUserGrain>($"u{user}").AppendAsync([ShopCluster.Click($"u{user}", SmallShop.ItemIds[0], 1)], Cancellation);
        }

        Assert.Equal(Users, await shop.CountUsersAsync(Older));
        RequestContext.Clear();
        for (int user = 0; user < Users; user++)
        {
            Ranking ranking = await shop.User($"u{user}").RankAsync(new RankQuery { Candidates = SmallShop.ItemIds }, Cancellation);
            UserPage held = await shop.User($"u{user}").GetAsync(new UserPageQuery(10), Cancellation);
            Assert.Equal(SmallShop.ItemIds.Count, ranking.Items.Count);
            Assert.Equal("e1", Assert.Single(held.Behaviours).EventId);
        }

        Assert.Equal(0, await shop.CountUsersAsync(Older));
        Assert.Equal(Users, await shop.CountUsersAsync(1 - Older));
    }

    private static Task<ShopCluster> StartAsync(int callers) => ShopCluster.StartAsync(
        SmallShop.Schema,
        2,
        [],
        silo => silo.Services.AddSingleton<IGrainInterfacePropertiesProvider>(s => new UserVersion(
            s.GetRequiredService<ILocalSiloDetails>().Name.EndsWith($"{Older}", StringComparison.Ordinal) ? 1 : 2)),
        client => client.Services.AddSingleton<IGrainInterfacePropertiesProvider>(new UserVersion(callers)));

    /// <summary>Gives the users' interface another version, as another build has.</summary>
    private sealed class UserVersion(int version) : IGrainInterfacePropertiesProvider
    {
        public void Populate(Type interfaceType, GrainInterfaceType grainInterfaceType, Dictionary<string, string> properties)
        {
            if (interfaceType == typeof(IUserGrain))
            {
                properties[WellKnownGrainInterfaceProperties.Version] = version.ToString(CultureInfo.InvariantCulture);
            }
        }
    }
}
