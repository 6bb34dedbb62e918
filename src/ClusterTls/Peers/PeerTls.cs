using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using DinOrleans.ClusterTls.Certificates;
using DinOrleans.ClusterTls.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Orleans.Connections.Security;

namespace DinOrleans.ClusterTls.Peers;

/// <summary>How this process and another one of the cluster prove to each other that they belong to it.</summary>
internal sealed class PeerTls(ClusterCertificates certificates, IOptions<ClusterTlsOptions> options, PeerConnections connections)
{
    /// <summary>Adds the handshake of the end that takes connections.</summary>
    public void AddToServer(IConnectionBuilder builder) => builder.UseServerTls(ToOptions());

    /// <summary>Adds the handshake of the end that opens connections.</summary>
    public void AddToClient(IConnectionBuilder builder) => builder.UseClientTls(ToOptions());

    /// <summary>Makes the settings of connections, for both ends. Each handshake uses the credentials that were read last.</summary>
    private TlsOptions ToOptions() => new()
    {
        RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
        RemoteCertificateValidation = Accepts,

        // Orleans asks for one of these. The handshake takes the whole chain from what is set below.
        LocalServerCertificateSelector = (_, _) => certificates.Current.Own.TargetCertificate,
        LocalClientCertificateSelector = (_, _, _, _, _) => certificates.Current.Own.TargetCertificate,
        OnAuthenticateAsServer = (_, tls) => SetServer((SslServerAuthenticationOptions)tls.SslServerAuthenticationOptions),
        OnAuthenticateAsClient = (_, tls) => SetClient((SslClientAuthenticationOptions)tls.SslClientAuthenticationOptions),
    };

    private void SetServer(SslServerAuthenticationOptions tls)
    {
        Credentials current = certificates.Current;
        tls.ServerCertificateSelectionCallback = null;
        tls.ServerCertificateContext = current.Own;
        tls.CertificateChainPolicy = current.Policy(CertificateUsages.Client);

        // A resumed session would go on with a certificate that the authorities of now do not sign.
        tls.AllowTlsResume = false;
    }

    private void SetClient(SslClientAuthenticationOptions tls)
    {
        Credentials current = certificates.Current;
        tls.TargetHost = options.Value.Name;
        tls.LocalCertificateSelectionCallback = null;
        tls.ClientCertificateContext = current.Own;
        tls.CertificateChainPolicy = current.Policy(CertificateUsages.Server);
        tls.AllowTlsResume = false;
    }

    private bool Accepts(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        string? broken = chain is null ? "could not be checked" : CertificateRules.Broken(certificate, chain, options.Value.Name);
        broken ??= errors == SslPolicyErrors.None ? null : $"is not valid ({errors})";
        if (broken is null)
        {
            return true;
        }

        connections.Refuse($"the certificate {broken}");
        return false;
    }
}
