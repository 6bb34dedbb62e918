using System.Diagnostics;
using DinOrleans.TestMachine;
using YamlDotNet.RepresentationModel;

namespace DinOrleans.Architecture.Tests.Deployment;

/// <summary>What can be said of the manifests without a cluster.</summary>
public sealed class KubernetesTests
{
    private const string Base = "deploy/kubernetes/base";
    private const string Gpu = "deploy/kubernetes/overlays/gpu";
    private const string S3 = "deploy/kubernetes/overlays/s3";
    private const string Grpc = "deploy/kubernetes/overlays/grpc";
    private const string GrpcComponent = "deploy/kubernetes/components/grpc";
    private const string S3Component = "deploy/kubernetes/components/s3";

    private static readonly Dictionary<string, YamlNode[]> Files = Directory.EnumerateFiles(RepositoryFolder.Of("deploy/kubernetes"), "*.yaml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(RepositoryFolder.Path, file).Replace('\\', '/'))
        .ToDictionary(file => file, DeployFiles.Yaml);

    /// <summary>The deployments that are whole, by name. A patch has no selector.</summary>
    private static readonly Dictionary<string, YamlNode> Deployments = Files.Values.SelectMany(documents => documents)
        .Where(d => d.At("kind")?.ToString() == "Deployment" && d.At("spec", "selector") is not null)
        .ToDictionary(d => d.At("metadata", "name")!.ToString());

    public static TheoryData<string> Names => [.. Deployments.Keys];

    [Fact]
    public void Deployments_AreTheProgramsOfACluster() => Assert.Equal(
        ["dinorleans-gateway", "dinorleans-inference", "dinorleans-silo", "dinorleans-training"], Deployments.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Kustomizations_NameFilesThatExistAndLeaveNoneOut()
    {
        foreach (string folder in (string[])[Base, Gpu, S3, S3Component, Grpc, GrpcComponent])
        {
            YamlNode kustomization = Assert.Single(Files[$"{folder}/kustomization.yaml"]);
            string[] named = [.. kustomization.At("resources").Items().Concat(kustomization.At("components").Items()).Select(r => r.ToString()), .. kustomization.At("patches").Items().Select(p => p.At("path")!.ToString())];
            Assert.DoesNotContain(named, n => !Path.Exists(RepositoryFolder.Of($"{folder}/{n}")));
            Assert.Empty(Files.Keys.Where(f => Path.GetDirectoryName(f)!.Replace('\\', '/') == folder).Select(f => Path.GetFileName(f)).Except([.. named, "kustomization.yaml"]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Deployment_IsUpdatedWithoutAGapAndWatched(string name)
    {
        YamlNode spec = Deployments[name].At("spec")!;
        Assert.Equal("0", spec.At("strategy", "rollingUpdate", "maxUnavailable")?.ToString());
        Assert.Equal(name == "dinorleans-training" ? null : "10", spec.At("minReadySeconds")?.ToString());
        YamlNode pod = spec.At("template", "spec")!;
        Assert.InRange(int.Parse(pod.At("terminationGracePeriodSeconds")!.ToString(), System.Globalization.CultureInfo.InvariantCulture), 30, 300);
        YamlNode container = Assert.Single(pod.At("containers").Items());
        string[] ports = [.. container.At("ports").Items().Select(p => p.At("name")!.ToString())];
        foreach ((string probe, string path) in ((string, string)[])[("startupProbe", "startup"), ("livenessProbe", "live"), ("readinessProbe", "ready")])
        {
            Assert.Equal($"/health/{path}", container.At(probe, "httpGet", "path")?.ToString());
            Assert.Contains(container.At(probe, "httpGet", "port")!.ToString(), ports);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Deployment_HasNoRightsThatItDoesNotNeed(string name)
    {
        YamlNode pod = Deployments[name].At("spec", "template", "spec")!;
        YamlNode container = Assert.Single(pod.At("containers").Items());
        Assert.Equal("true", pod.At("securityContext", "runAsNonRoot")?.ToString());
        Assert.Equal("false", pod.At("automountServiceAccountToken")?.ToString());
        Assert.Equal("true", container.At("securityContext", "readOnlyRootFilesystem")?.ToString());
        Assert.Equal("false", container.At("securityContext", "allowPrivilegeEscalation")?.ToString());
        Assert.Equal("ALL", Assert.Single(container.At("securityContext", "capabilities", "drop").Items()).ToString());
        Assert.NotNull(container.At("resources", "requests", "cpu"));
        Assert.NotNull(container.At("resources", "requests", "memory"));
        Assert.NotNull(container.At("resources", "limits", "memory"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Deployment_RunsAnImageOfTheDockerfileOnItsPorts(string name)
    {
        YamlNode container = Assert.Single(Deployments[name].At("spec", "template", "spec", "containers").Items());
        string target = container.At("image")!.ToString().Replace("dinorleans-", "", StringComparison.Ordinal);
        string exposed = Assert.Contains(target, (IReadOnlyDictionary<string, string[]>)DeployFiles.Stages()).Single(l => l.StartsWith("EXPOSE ", StringComparison.Ordinal));
        Assert.Equal(exposed.Split(' ')[1..], container.At("ports").Items().Select(p => p.At("containerPort")!.ToString()));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Deployment_KnowsTheOthersByACertificateThatItMayReadOnly(string name)
    {
        YamlNode pod = Deployments[name].At("spec", "template", "spec")!;
        YamlNode container = Assert.Single(pod.At("containers").Items());
        YamlNode volume = Assert.Single(pod.At("volumes").Items(), v => v.At("secret", "secretName")?.ToString() == "dinorleans-tls");
        YamlNode mount = Assert.Single(container.At("volumeMounts").Items(), m => m.At("name")!.ToString() == volume.At("name")!.ToString());
        Assert.Equal("true", mount.At("readOnly")?.ToString());
        string[] paths = [.. DeployFiles.CertificateSettings.Select(s => container.At("env").Items().Single(e => e.At("name")!.ToString() == s).At("value")!.ToString())];
        Assert.Equal(((string[])["ca.crt", "tls.crt", "tls.key"]).Select(f => $"{mount.At("mountPath")}/{f}"), paths);

        // The files belong to root, and the group of the pod may read them.
        Assert.Equal("0440", volume.At("secret", "defaultMode")?.ToString());
        Assert.Equal(pod.At("securityContext", "runAsGroup")!.ToString(), pod.At("securityContext", "fsGroup")?.ToString());
    }

    [Fact]
    public void Environment_OfEveryContainer_HasSettingsThatExist()
    {
        string[] variables =
        [
            .. Files.Values.SelectMany(documents => documents).SelectMany(d => d.At("spec", "template", "spec", "containers").Items())
                .SelectMany(c => c.At("env").Items()).Select(e => e.At("name")!.ToString()),
        ];
        Assert.Contains("Silo__AdvertisedAddress", variables);
        Assert.Empty(variables.Select(v => DeployFiles.Setting(v) ?? v).Except(DeployFiles.Settings));
    }

    [Fact]
    public void Patch_OfTheBucket_IsOfWhatEveryDeploymentWithVersionsHas()
    {
        YamlNode[] operations = [.. Assert.Single(Files[$"{S3Component}/bucket.yaml"]).Items()];
        YamlNode variable = operations.Single(o => o.At("path")!.ToString() == "/spec/template/spec/containers/0/env/-").At("value")!;
        Assert.Contains(DeployFiles.Setting(variable.At("name")!.ToString())!, DeployFiles.Settings);
        string[] patched = [.. Deployments.Where(d => d.Value.At("spec", "template", "spec", "volumes").Items().Any(v => v.At("persistentVolumeClaim") is not null)).Select(d => d.Key)];
        Assert.Equal(["dinorleans-inference", "dinorleans-silo", "dinorleans-training"], patched.Order(StringComparer.Ordinal));
        Assert.All(patched, name => Assert.Equal("versions", Deployments[name].At("spec", "template", "spec", "volumes").Items().First().At("name")!.ToString()));
    }

    [Theory]
    [InlineData(Base, 3)]
    [InlineData(Gpu, 4)]
    [InlineData(S3, 3)]
    [InlineData(Grpc, 3)]
    public async Task Kustomize_OfAFolder_RendersItsDeployments(string folder, int deployments)
    {
        string? kubectl = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(p => Path.Combine(p, "kubectl")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(kubectl is null, "kubectl is not on the path.");
        using Process process = Process.Start(new ProcessStartInfo(kubectl!, ["kustomize", RepositoryFolder.Of(folder)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string rendered = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        var stream = new YamlStream();
        stream.Load(new StringReader(rendered));
        YamlNode[] found = [.. stream.Documents.Select(d => d.RootNode).Where(d => d.At("kind")?.ToString() == "Deployment")];
        Assert.Equal(deployments, found.Length);
        Assert.All(found, d => Assert.Equal("dinorleans", d.At("spec", "template", "metadata", "labels", "app.kubernetes.io/part-of")?.ToString()));
        if (folder == S3)
        {
            Assert.DoesNotContain("PersistentVolumeClaim", rendered, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(2, found.Count(d => d.At("spec", "template", "spec", "containers").Items().Single().At("env").Items().Any(e => e.At("name")!.ToString() == "Artifacts__Store")));
        }

        if (folder == Grpc)
        {
            YamlNode gateway = found.Single(d => d.At("metadata", "name")!.ToString() == "dinorleans-gateway").At("spec", "template", "spec", "containers").Items().Single();
            string[] variables = [.. gateway.At("env").Items().Select(e => e.At("name")!.ToString()).Where(n => n.StartsWith("Grpc__", StringComparison.Ordinal))];
            Assert.Equal(2, variables.Length);
            Assert.All(variables, v => Assert.Contains(DeployFiles.Setting(v)!, DeployFiles.Settings));
            YamlNode service = stream.Documents.Select(d => d.RootNode).Single(d => d.At("kind")?.ToString() == "Service" && d.At("metadata", "name")!.ToString() == "dinorleans-gateway");
            Assert.Equal(["http", "grpc"], service.At("spec", "ports").Items().Select(port => port.At("targetPort")!.ToString()));
            Assert.Equal(["http", "grpc"], gateway.At("ports").Items().Select(port => port.At("name")!.ToString()));
        }

        if (folder == Gpu)
        {
            YamlNode silo = found.Single(d => d.At("metadata", "name")!.ToString() == "dinorleans-silo").At("spec", "template", "spec", "containers").Items().Single();
            Assert.Equal("None", silo.At("env").Items().Single(e => e.At("name")!.ToString() == "Scoring__Accelerator").At("value")!.ToString());
            Assert.Contains(silo.At("env").Items(), e => e.At("name")!.ToString() == "Silo__ConnectionString");
        }
    }
}
