using DinOrleans.ClusterTls.Settings;
using DinOrleans.Programs.Settings;
using Microsoft.Extensions.Configuration;

namespace DinOrleans.ClusterTls.Tests.Settings;

public sealed class ClusterTlsOptionsTests
{
    [Theory]
    [InlineData("CertificateFile", "c.pem", "ClusterTls:KeyFile must be given where ClusterTls:CertificateFile is given. ClusterTls:AuthorityFile must be given")]
    [InlineData("KeyFile", "c.key", "ClusterTls:CertificateFile must be given where ClusterTls:KeyFile is given.")]
    [InlineData("AuthorityFile", "a.pem", "ClusterTls:CertificateFile must be given where ClusterTls:AuthorityFile is given.")]
    [InlineData("Name", "", "ClusterTls:Name is \"\": it must not be empty")]
    [InlineData("Name", "two words", "ClusterTls:Name is \"two words\": it must be a DNS name")]
    [InlineData("Name", "10.0.0.1", "ClusterTls:Name is \"10.0.0.1\": it must be a DNS name")]
    [InlineData("ReadEvery", "00:00:00.5", "ClusterTls:ReadEvery is \"00:00:00.5\"")]
    [InlineData("Certificate", "c.pem", "ClusterTls:Certificate is not a setting")]
    public void Settings_OneRuleBroken_NamesTheSetting(string name, string value, string expected)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"ClusterTls:{name}", (string?)value)]).Build();

        SettingException refused = Assert.Throws<SettingException>(() => SettingsSection.Read<ClusterTlsOptions>(configuration));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IsOn_ByDefault_IsFalse() => Assert.False(SettingsSection.Read<ClusterTlsOptions>(new ConfigurationBuilder().Build()).IsOn);
}
