using System.Net;
using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Tests.Hosting;
using DinOrleans.TestMachine;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DinOrleans.Gateway.Tests.Auth;

/// <summary>Every endpoint × every scope.</summary>
[Collection(GatewayCollection.Name)]
public sealed class AccessTableTests(GatewayFixture gateway)
{
    private const string Everybody = "(everybody)";
    private const string AnyKey = "(any key)";
    private const string Upload = "PUT /v1/models/{version}";

    /// <summary>Each endpoint with the one scope that opens it. The test fails for an endpoint that is not here.</summary>
    private static readonly Dictionary<string, string> Table = new()
    {
        ["POST /v1/rank"] = ApiScopes.Rank,
        ["POST /v1/events"] = ApiScopes.Events,
        ["PUT /v1/items"] = ApiScopes.Catalogue,
        ["GET /v1/items/{itemId}"] = ApiScopes.Catalogue,
        ["DELETE /v1/items/{itemId}"] = ApiScopes.Catalogue,
        ["GET /v1/items"] = ApiScopes.Catalogue,
        ["GET /v1/items/{itemId}/similar"] = ApiScopes.Catalogue,
        ["GET /v1/items/{itemId}/days"] = ApiScopes.Catalogue,
        ["GET /v1/users"] = ApiScopes.UsersRead,
        ["GET /v1/users/{userId}/recent"] = ApiScopes.UsersRead,
        ["PUT /v1/users/{userId}"] = ApiScopes.Events,
        ["GET /v1/users/{userId}"] = ApiScopes.UsersRead,
        ["DELETE /v1/users/{userId}"] = ApiScopes.UsersErase,
        ["GET /v1/models"] = ApiScopes.Models,
        ["POST /v1/models"] = ApiScopes.Models,
        [Upload] = ApiScopes.Models,
        ["POST /v1/models/{version}/activate"] = ApiScopes.Models,
        ["GET /v1/trainings"] = ApiScopes.Training,
        ["GET /v1/trainings/{id}"] = ApiScopes.Training,
        ["POST /v1/trainings"] = ApiScopes.Training,
        ["GET /v1/experiments"] = ApiScopes.Experiments,
        ["GET /v1/experiments/{name}"] = ApiScopes.Experiments,
        ["PUT /v1/experiments/{name}"] = ApiScopes.Experiments,
        ["POST /v1/experiments/{name}/promote"] = ApiScopes.Experiments,
        ["POST /v1/experiments/{name}/stop"] = ApiScopes.Experiments,
        ["DELETE /v1/experiments/{name}"] = ApiScopes.Experiments,
        ["GET /v1/keys"] = ApiScopes.Admin,
        ["POST /v1/keys"] = ApiScopes.Admin,
        ["DELETE /v1/keys/{id}"] = ApiScopes.Admin,
        ["GET /v1/models/{version}"] = ApiScopes.Models,
        ["GET /v1/cluster"] = ApiScopes.Admin,
        ["GET /v1/settings"] = ApiScopes.Admin,
        ["GET /v1/overview"] = AnyKey,
        ["GET /v1/schema"] = AnyKey,
        ["GET /metrics"] = AnyKey,
        ["GET /health/startup"] = Everybody,
        ["GET /health/live"] = Everybody,
        ["GET /health/ready"] = Everybody,
        ["GET /openapi/v1.json"] = Everybody,
        ["POST /dinorleans.v1.Recommender/Rank"] = ApiScopes.Rank,
        ["POST /dinorleans.v1.Recommender/Append"] = ApiScopes.Events,
        ["POST /grpc.health.v1.Health/Check"] = Everybody,
        ["POST /grpc.health.v1.Health/Watch"] = Everybody,
        ["POST /grpc.reflection.v1.ServerReflection/ServerReflectionInfo"] = Everybody,
        ["POST /grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"] = Everybody,
        ["GET /"] = Everybody,
        ["GET /console/{**view}"] = Everybody,
        ["GET /console/assets/{file}"] = Everybody,
        ["GET /console/THIRD-PARTY-NOTICES.txt"] = Everybody,
        ["GET /docs/{documentName?}"] = Everybody,
        ["GET /docs/scalar.js"] = Everybody,
        ["GET /docs/scalar.aspnetcore.js"] = Everybody,
        ["GET /docs/favicon.svg"] = Everybody,
        ["GET /dashboard"] = ApiScopes.Admin,
        ["GET /dashboard/index.html"] = ApiScopes.Admin,
        ["GET /dashboard/favicon.ico"] = ApiScopes.Admin,
        ["GET /dashboard/index.min.js"] = ApiScopes.Admin,
        ["GET /dashboard/index.css"] = ApiScopes.Admin,
        ["GET /dashboard/fonts/{**path}"] = ApiScopes.Admin,
        ["GET /dashboard/img/{**path}"] = ApiScopes.Admin,
        ["GET /dashboard/version"] = ApiScopes.Admin,
        ["GET /dashboard/DashboardCounters"] = ApiScopes.Admin,
        ["GET /dashboard/ClusterStats"] = ApiScopes.Admin,
        ["GET /dashboard/Reminders"] = ApiScopes.Admin,
        ["GET /dashboard/Reminders/{page:int}"] = ApiScopes.Admin,
        ["GET /dashboard/HistoricalStats/{*path}"] = ApiScopes.Admin,
        ["GET /dashboard/SiloMetadata/{*address}"] = ApiScopes.Admin,
        ["GET /dashboard/SiloProperties/{*address}"] = ApiScopes.Admin,
        ["GET /dashboard/SiloStats/{*address}"] = ApiScopes.Admin,
        ["GET /dashboard/SiloCounters/{*address}"] = ApiScopes.Admin,
        ["GET /dashboard/GrainStats/{*grainName}"] = ApiScopes.Admin,
        ["GET /dashboard/LifecycleStages"] = ApiScopes.Admin,
        ["GET /dashboard/TopGrainMethods"] = ApiScopes.Admin,
        ["GET /dashboard/GrainState"] = ApiScopes.Admin,
        ["GET /dashboard/GrainTypes"] = ApiScopes.Admin,
        ["GET /dashboard/Trace"] = ApiScopes.Admin,
    };

    /// <summary>All that a gateway can serve.</summary>
    private static (string Key, string Value)[] Everything =>
        [("Dashboard:Enabled", "true"), ("Grpc:Enabled", "true"), ("Grpc:Urls", $"http://127.0.0.1:{FreePort.Take(1)[0]}"), ("Grpc:Reflection", "true")];

    [Fact]
    public async Task Endpoints_Always_AreInTheTableAndDeclareWhatTheyNeed()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, Everything);
        RouteEndpoint[] endpoints = [.. keyed.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => Name(e) != "GET /fails" && e.RoutePattern.RawText != "/fails")];
        Assert.Equal(Table.Keys.Order(), endpoints.Select(Name).Order());
        Assert.Empty(endpoints.Where(e => e.Metadata.GetMetadata<Access>() is null).Select(Name));
        Assert.All(endpoints, e => Assert.Equal(Table[Name(e)], Needed(e.Metadata.GetMetadata<Access>()!)));
    }

    [Fact]
    public async Task Request_OfEveryScopeToEveryEndpoint_IsAnsweredAsTheTableSays()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway, Everything);
        Dictionary<string, string> keys = [];
        foreach (string scope in ApiScopes.All)
        {
            keys[scope] = await keyed.AddKeyAsync(scope);
        }

        List<string> wrong = [];
        foreach ((string endpoint, string needed) in Table)
        {
            foreach ((string scope, string key) in keys)
            {
                using HttpResponseMessage answer = await SendAsync(keyed, endpoint, key);
                bool isAllowed = answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
                if (isAllowed != (needed is Everybody or AnyKey || needed == scope))
                {
                    wrong.Add($"{endpoint} with {scope}: {(int)answer.StatusCode}");
                }
            }

            using HttpResponseMessage without = await SendAsync(keyed, endpoint, null);
            if ((without.StatusCode != HttpStatusCode.Unauthorized) != (needed == Everybody))
            {
                wrong.Add($"{endpoint} without a key: {(int)without.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Request_ToAnEndpointThatDeclaresNothing_NeedsAdmin()
    {
        await using KeyedGateway keyed = await KeyedGateway.StartAsync(gateway);
        using HttpResponseMessage rank = await keyed.SendAsync(await keyed.AddKeyAsync(ApiScopes.Rank), HttpMethod.Get, "/fails");
        await ProblemAssert.IsProblemAsync(rank, HttpStatusCode.Forbidden);
        using HttpResponseMessage admin = await keyed.SendAsync(await keyed.AddKeyAsync(ApiScopes.Admin), HttpMethod.Get, "/fails");
        await ProblemAssert.IsProblemAsync(admin, HttpStatusCode.InternalServerError);
    }

    private static Task<HttpResponseMessage> SendAsync(KeyedGateway keyed, string endpoint, string? key)
    {
        string[] parts = endpoint.Split(' ');
        string path = parts[1].Replace("{userId}", "table", StringComparison.Ordinal).Replace("{itemId}", "table", StringComparison.Ordinal).Replace("{file}", "table", StringComparison.Ordinal)
            .Replace("{version}", "v1", StringComparison.Ordinal).Replace("{name}", "table", StringComparison.Ordinal).Replace("{id}", "table", StringComparison.Ordinal)
            .Replace("{page:int}", "1", StringComparison.Ordinal);

        // From here one is led to the same with a slash, and a client does not send its key to where it is led.
        path = path == "/dashboard" ? path + "/" : path;
        return keyed.SendAsync(key, new HttpMethod(parts[0]), path, parts[0] is "POST" or "PUT" ? "{\"unknown\":1}" : null, endpoint == Upload ? "application/x-tar" : "application/json");
    }

    private static string Name(RouteEndpoint endpoint) =>
        $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Single() ?? "GET"} /{endpoint.RoutePattern.RawText!.Trim('/')}";

    private static string Needed(Access access) => access == Access.Public ? Everybody : access == Access.AnyKey ? AnyKey : access.Scope!;
}
