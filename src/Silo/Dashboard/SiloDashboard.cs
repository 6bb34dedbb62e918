using DinOrleans.Programs.Settings;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;
using DashboardOptions = DinOrleans.Programs.Dashboard.DashboardOptions;

namespace DinOrleans.Silo.Dashboard;

/// <summary>Collects what Orleans' dashboard shows of a silo.</summary>
internal static class SiloDashboard
{
    /// <summary>Adds the collection where the section <see cref="DashboardOptions.Section"/> asks for it.</summary>
    /// <exception cref="SettingException">A setting of the section breaks a rule.</exception>
    public static ISiloBuilder AddSiloDashboard(this ISiloBuilder silo)
    {
        silo.Services.AddOptions<DashboardOptions>().BindConfiguration(DashboardOptions.Section);
        return SettingsSection.Read<DashboardOptions>(silo.Configuration).Enabled ? silo.AddDashboard(o => o.HideTrace = true) : silo;
    }
}
