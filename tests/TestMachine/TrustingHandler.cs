using System.Security.Cryptography.X509Certificates;

namespace DinOrleans.TestMachine;

/// <summary>Makes clients that trust an authority of a test's own and no other, whatever this machine trusts.</summary>
public static class TrustingHandler
{
    /// <summary>A handler of HTTP requests. The caller disposes of it.</summary>
    /// <param name="authority">The authority's certificate as PEM.</param>
    public static SocketsHttpHandler Of(string authority) => new() { SslOptions = { CertificateChainPolicy = Policy(authority) } };

    /// <summary>What a TLS client checks a server's certificate by.</summary>
    /// <param name="authority">The authority's certificate as PEM.</param>
    public static X509ChainPolicy Policy(string authority)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(authority);
        return policy;
    }
}
