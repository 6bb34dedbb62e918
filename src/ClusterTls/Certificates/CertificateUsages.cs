using System.Security.Cryptography;

namespace DinOrleans.ClusterTls.Certificates;

/// <summary>The extended key usages of certificates.</summary>
internal static class CertificateUsages
{
    /// <summary>Takes connections.</summary>
    public static Oid Server { get; } = new("1.3.6.1.5.5.7.3.1");

    /// <summary>Opens connections.</summary>
    public static Oid Client { get; } = new("1.3.6.1.5.5.7.3.2");
}
