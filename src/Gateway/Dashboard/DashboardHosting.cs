using DinOrleans.Contracts.Keys;
using DinOrleans.Gateway.Auth;
using DinOrleans.Programs.Settings;
using Microsoft.Extensions.Options;
using Orleans.Dashboard;
using DashboardOptions = DinOrleans.Programs.Dashboard.DashboardOptions;

namespace DinOrleans.Gateway.Dashboard;

/// <summary>Shows Orleans' dashboard to administrators at <c>/dashboard</c>, where the section <see cref="DashboardOptions.Section"/> asks for it.</summary>
internal static class DashboardHosting
{
    private const string Path = "/dashboard";

    /// <summary>Adds what the dashboard needs in a process that calls silos.</summary>
    /// <exception cref="SettingException">A setting of the section breaks a rule.</exception>
    public static IHostApplicationBuilder AddDashboard(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DashboardOptions>().BindConfiguration(DashboardOptions.Section);
        if (SettingsSection.Read<DashboardOptions>(builder.Configuration).Enabled)
        {
            new DashboardServices(builder.Services, builder.Configuration).AddDashboard(o => o.HideTrace = true);
        }

        return builder;
    }

    /// <summary>Maps the dashboard. It is not part of the API, and so not of its description.</summary>
    public static void MapDashboard(this IEndpointRouteBuilder app)
    {
        if (app.ServiceProvider.GetRequiredService<IOptions<DashboardOptions>>().Value.Enabled)
        {
            app.MapOrleansDashboard(Path).Needs(ApiScopes.Admin, takesPasswords: true).ExcludeFromDescription().AddEndpointFilter(DashboardAnswers.MakeAsync);
        }
    }

    /// <summary>Takes the dashboard's services for a process that is an Orleans client already, or has a silo of its own.</summary>
    private sealed record DashboardServices(IServiceCollection Collection, IConfiguration Configuration) : IClientBuilder
    {
        IServiceCollection IClientBuilder.Services => Collection;
    }
}
