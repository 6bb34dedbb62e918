using DinOrleans.Gateway.Auth;
using DinOrleans.Gateway.Grpc.Calls;
using DinOrleans.Gateway.Grpc.Errors;
using DinOrleans.Gateway.Grpc.Settings;
using DinOrleans.Gateway.Health;
using DinOrleans.Gateway.Settings;
using DinOrleans.Programs.Settings;
using DinOrleans.Programs.Starting;
using Grpc.AspNetCore.Server;
using Grpc.AspNetCore.Server.Model;
using Grpc.Reflection;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace DinOrleans.Gateway.Grpc.Hosting;

/// <summary>Serves rankings and events by gRPC, where the settings say so.</summary>
internal static class GrpcHosting
{
    /// <summary>
    /// Adds the service, configured by the section <see cref="GrpcOptions.Section"/>. Call it before anything else that writes problems, because callers of
    /// gRPC do not read what those write.
    /// </summary>
    public static IServiceCollection AddRpc(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GrpcOptions>().BindConfiguration(GrpcOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IStartCheck, GrpcAddresses>();
        GrpcOptions options = SettingsSection.Read<GrpcOptions>(configuration);
        if (!options.Enabled)
        {
            return services;
        }

        services.AddSingleton<IStartupFilter, GrpcListening>().Configure<KestrelServerOptions>(kestrel => GrpcListening.Configure(kestrel, options, configuration));
        services.AddGrpc();
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<GatewayOptions>>(Configure);
        if (options.Reflection)
        {
            services.AddSingleton(new ReflectionServiceImpl(RecommenderMethods.Descriptor)).AddSingleton(new ReflectionV1ServiceImpl(RecommenderMethods.Descriptor));
        }

        return services
            .AddSingleton<IProblemDetailsWriter, RpcProblemWriter>()
            .AddSingleton<RpcErrors>()
            .AddSingleton<RpcMessages>()
            .AddSingleton<StreamGate>()
            .AddSingleton<RankCalls>()
            .AddSingleton<AppendCalls>()
            .AddSingleton<Recommender>()
            .AddSingleton<IServiceMethodProvider<Recommender>, RecommenderMethods>()
            .AddSingleton(s => new HealthCalls(s.GetRequiredService<Readiness>(), RecommenderMethods.Descriptor.FullName));
    }

    /// <summary>Maps the service, where the settings say so.</summary>
    public static void MapRpc(this IEndpointRouteBuilder endpoints)
    {
        GrpcOptions options = endpoints.ServiceProvider.GetRequiredService<IOptions<GrpcOptions>>().Value;
        if (!options.Enabled)
        {
            return;
        }

        endpoints.MapGrpcService<Recommender>();
        endpoints.MapGrpcService<HealthCalls>().IsPublic();
        if (options.Reflection)
        {
            endpoints.MapGrpcService<ReflectionServiceImpl>().IsPublic();
            endpoints.MapGrpcService<ReflectionV1ServiceImpl>().IsPublic();
        }
    }

    private static void Configure(GrpcServiceOptions grpc, IOptions<GatewayOptions> gateway)
    {
        grpc.MaxReceiveMessageSize = (int)gateway.Value.MaxBodyBytes;
        grpc.CompressionProviders = [new BoundedGzip(gateway.Value.MaxBodyBytes)];

        // What is not served is answered as everywhere else.
        grpc.IgnoreUnknownServices = true;
    }
}
