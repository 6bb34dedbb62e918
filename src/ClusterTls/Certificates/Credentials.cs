using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DinOrleans.ClusterTls.Certificates;

/// <summary>What a process has read from its files: its own certificate with the key, and the authorities that the others must have theirs from.</summary>
/// <param name="own">The certificate with its key, and the certificates between it and the authority.</param>
/// <param name="authorities">The authorities, at least one.</param>
internal sealed class Credentials(SslStreamCertificateContext own, X509Certificate2Collection authorities)
{
    /// <summary>The certificate with its key, and the certificates between it and the authority, as they are sent to others.</summary>
    public SslStreamCertificateContext Own => own;

    /// <summary>Makes the policy by which the certificate of a process is checked. The machine's own list of authorities does not count.</summary>
    /// <param name="usages">What the certificate must allow, if it restricts its usages.</param>
    /// <remarks>
    /// Nothing is fetched from the network: a private network may not reach the addresses in a certificate, and each connection would wait for that.
    /// So revocation lists are not read. A certificate that was stolen is shut out by another authority, or by its end.
    /// </remarks>
    public X509ChainPolicy Policy(params IEnumerable<Oid> usages)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(authorities);
        foreach (Oid usage in usages)
        {
            policy.ApplicationPolicy.Add(usage);
        }

        return policy;
    }
}
