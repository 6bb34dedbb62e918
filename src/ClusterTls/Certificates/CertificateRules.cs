using System.Security.Cryptography.X509Certificates;
using DinOrleans.ClusterTls.Settings;

namespace DinOrleans.ClusterTls.Certificates;

/// <summary>What the certificate of every process of a cluster must be.</summary>
internal static class CertificateRules
{
    private const int LongestSubject = 200;

    private const X509ChainStatusFlags NotFromAnAuthority =
        X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.NotSignatureValid;

    /// <summary>Checks a certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="chain">The chain that was built for it with <see cref="Credentials.Policy"/>.</param>
    /// <param name="name">The DNS name that it must have.</param>
    /// <returns>What is wrong with it, worded to come after "the certificate"; null where nothing is.</returns>
    public static string? Broken(X509Certificate2 certificate, X509Chain chain, string name)
    {
        foreach (X509ChainElement element in chain.ChainElements)
        {
            foreach (X509ChainStatusFlags flag in element.ChainElementStatus.Select(s => s.Status).Where(s => s != X509ChainStatusFlags.NoError))
            {
                return Broken(element.Certificate, flag);
            }
        }

        if (chain.ChainStatus.FirstOrDefault(s => s.Status != X509ChainStatusFlags.NoError) is { Status: not X509ChainStatusFlags.NoError } status)
        {
            return Broken(certificate, status.Status);
        }

        return certificate.MatchesHostname(name, allowWildcards: false, allowCommonName: false)
            ? null
            : $"{Subject(certificate)} does not have the DNS name \"{name}\", which is {ClusterTlsOptions.Section}:{nameof(ClusterTlsOptions.Name)}, as a subject alternative name";
    }

    private static string Broken(X509Certificate2 certificate, X509ChainStatusFlags flag) => Subject(certificate) + flag switch
    {
        X509ChainStatusFlags.NotTimeValid => $" is valid from {certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u} only",
        X509ChainStatusFlags.NotValidForUsage => " must allow the extended key usages of TLS servers and TLS clients, or restrict none",
        _ when (flag & NotFromAnAuthority) != 0 => $" is not from an authority in {ClusterTlsOptions.Section}:{nameof(ClusterTlsOptions.AuthorityFile)}",
        _ => $" is not valid ({flag})",
    };

    /// <summary>The name of a certificate in one line. A stranger may have put anything into it.</summary>
    private static string Subject(X509Certificate2 certificate)
    {
        string subject = certificate.Subject;
        return $"\"{string.Concat(subject.Take(LongestSubject).Select(c => char.IsControl(c) ? ' ' : c))}{(subject.Length > LongestSubject ? "…" : "")}\"";
    }
}
