using DinOrleans.Gateway.ApiReference;
using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Auth.Hosting;
using DinOrleans.Gateway.Bodies;
using DinOrleans.Gateway.Calls;
using DinOrleans.Gateway.Cluster;
using DinOrleans.Gateway.Cors;
using DinOrleans.Gateway.Dashboard;
using DinOrleans.Gateway.Events;
using DinOrleans.Gateway.Experiments;
using DinOrleans.Gateway.Grpc.Hosting;
using DinOrleans.Gateway.Health;
using DinOrleans.Gateway.Hosting;
using DinOrleans.Gateway.Http;
using DinOrleans.Gateway.Items;
using DinOrleans.Gateway.Json;
using DinOrleans.Gateway.Keys;
using DinOrleans.Gateway.Models;
using DinOrleans.Gateway.OpenApi;
using DinOrleans.Gateway.Overview;
using DinOrleans.Gateway.Problems;
using DinOrleans.Gateway.Rank;
using DinOrleans.Gateway.Schema;
using DinOrleans.Gateway.Settings;
using DinOrleans.Gateway.Telemetry;
using DinOrleans.Gateway.Traffic;
using DinOrleans.Gateway.Trainings;
using DinOrleans.Gateway.Users;
using DinOrleans.Gateway.WebConsole;
using DinOrleans.Programs;
using DinOrleans.Programs.Starting;
using DinOrleans.Programs.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway;

/// <summary>Hosts the REST API in a web application that has an <see cref="IGrainFactory"/>: a cluster client's or a co-hosted silo's.</summary>
public static class GatewayHosting
{
    /// <summary>Adds what the gateway needs, configured by the section <see cref="GatewayOptions.Section"/>.</summary>
    public static IHostApplicationBuilder AddGateway(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddSingleton<TrafficMeter>()
            .AddSingleton<GatewayInstruments>()
            .AddSingleton<ClusterCalls>()
            .AddSingleton<UserGrains>()
            .AddSingleton(_ => new KnownSettings(builder.Services))
            .AddSingleton(new BodyTypes(RequestJson.Default, ResponseJson.Default))
            .AddServer()
            .AddOrigins()
            .AddAuth()
            .AddRpc(builder.Configuration)
            .AddProblems()
            .AddBodies()
            .AddEndpoints()
            .AddGatewayOpenApi();
        builder.AddTelemetry();
        builder.AddDashboard();
        return builder;
    }

    /// <summary>
    /// Maps the REST API, gRPC, health, metrics, OpenAPI with its page, the console and, where it is enabled, Orleans' dashboard. Every error of the application
    /// becomes problem details.
    /// </summary>
    /// <remarks>Call it before you map anything else whose errors should read the same.</remarks>
    public static TApp MapGateway<TApp>(this TApp app)
        where TApp : IApplicationBuilder, IEndpointRouteBuilder
    {
        app.UseProblems();
        app.UseMiddleware<HostMiddleware>();
        app.UseOrigins();
        app.UseMiddleware<MethodMiddleware>();
        app.UseRouting();
        app.UseAuth();
        app.UseBodies();

        // First, because it begins to collect what is counted from here on.
        app.MapPrometheusScrapingEndpoint("/metrics").WithMetadata(new HttpMethodMetadata([HttpMethods.Get])).NeedsAnyKey();
        app.MapApi();
        app.MapRpc();
        app.MapHealth(app.ApplicationServices.GetRequiredService<HealthEndpoints>());
        app.MapConsole();
        app.MapApiReference();
        app.MapDashboard();
        app.MapOpenApi("/openapi/v1.json").IsPublic();
        return app;
    }

    private static IServiceCollection AddServer(this IServiceCollection services)
    {
        // No endpoint blocks, so a request may run on where its bytes arrived. Each hop to another thread costs as much as reading the request.
        services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true);
        services.AddSingleton<IStartCheck, HttpAddresses>();
        services.ReplaceHostFilter();
        return services;
    }

    private static IServiceCollection AddEndpoints(this IServiceCollection services) => services
        .AddSingleton<InputSchemaCache>()
        .AddSingleton<Ranker>()
        .AddSingleton<RankEndpoint>()
        .AddSingleton<EventAppender>()
        .AddSingleton<EventsEndpoint>()
        .AddSingleton<ItemLines>()
        .AddSingleton<ItemsEndpoint>()
        .AddSingleton<ItemSearchEndpoints>()
        .AddSingleton<ItemDaysEndpoint>()
        .AddSingleton<UsersEndpoints>()
        .AddSingleton<UserSearchEndpoints>()
        .AddSingleton<ModelsEndpoints>()
        .AddSingleton<ModelOriginEndpoint>()
        .AddSingleton<VersionUpload>()
        .AddSingleton<TrainingsEndpoints>()
        .AddSingleton<ExperimentsEndpoints>()
        .AddSingleton<KeysEndpoints>()
        .AddSingleton<OverviewEndpoint>()
        .AddSingleton<ShownSettings>()
        .AddSingleton<ClusterEndpoints>()
        .AddSingleton<Readiness>()
        .AddSingleton<HealthEndpoints>();

    private static void MapApi(this IEndpointRouteBuilder app)
    {
        IServiceProvider services = app.ServiceProvider;
        GatewayOptions options = services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        RouteGroupBuilder v1 = app.MapGroup("/v1").WithProblems();
        v1.WithMetadata(new BodyLimit(options.MaxBodyBytes));
        v1.MapRank(services.GetRequiredService<RankEndpoint>());
        v1.MapEvents(services.GetRequiredService<EventsEndpoint>());
        v1.MapItems(services.GetRequiredService<ItemsEndpoint>(), options.MaxItemsBodyBytes);
        v1.MapItemSearch(services.GetRequiredService<ItemSearchEndpoints>());
        v1.MapItemDays(services.GetRequiredService<ItemDaysEndpoint>());
        v1.MapUsers(services.GetRequiredService<UsersEndpoints>());
        v1.MapUserSearch(services.GetRequiredService<UserSearchEndpoints>());
        v1.MapSchema(services.GetRequiredService<InputSchemaCache>());
        v1.MapModels(services.GetRequiredService<ModelsEndpoints>());
        v1.MapModelOrigin(services.GetRequiredService<ModelOriginEndpoint>());
        v1.MapTrainings(services.GetRequiredService<TrainingsEndpoints>());
        v1.MapExperiments(services.GetRequiredService<ExperimentsEndpoints>());
        v1.MapKeys(services.GetRequiredService<KeysEndpoints>());
        v1.MapOverview(services.GetRequiredService<OverviewEndpoint>());
        v1.MapCluster(services.GetRequiredService<ClusterEndpoints>());
    }
}
