using YamlDotNet.RepresentationModel;

namespace ActorOps.Architecture.Tests;

/// <summary>What must be so of the files that run ActorOps elsewhere. Each rule returns what breaks it.</summary>
internal static class DeploymentRules
{
    public static IEnumerable<string> Compose(YamlNode root)
    {
        foreach (var (name, service) in root.Fields("services"))
        {
            if (!service.Texts("cap_drop").Contains("ALL"))
            {
                yield return $"{name} keeps capabilities: cap_drop: [ALL]";
            }

            if (!service.Texts("security_opt").Contains("no-new-privileges:true"))
            {
                yield return $"{name} may gain privileges: security_opt: [\"no-new-privileges:true\"]";
            }

            if (service.Text("read_only") != "true")
            {
                yield return $"{name} can write to its image: read_only: true";
            }

            foreach (var (variable, value) in service.Fields("environment").Where(variable => IsSecret(variable.Name, (variable.Value as YamlScalarNode)?.Value ?? string.Empty)))
            {
                yield return $"{name} has a secret in the environment: {variable}";
            }

            foreach (var port in service.Texts("ports").Where(port => !port.StartsWith("127.0.0.1:", StringComparison.Ordinal)))
            {
                yield return $"{name} publishes {port} to every address of the machine";
            }

            if (Serves(service) && service.Texts("volumes").Any(volume => volume.StartsWith("authority", StringComparison.Ordinal)))
            {
                yield return $"{name} has the private key of the authority";
            }
        }
    }

    public static IEnumerable<string> Kubernetes(IReadOnlyList<YamlNode> documents)
    {
        if (!documents.Any(document => document.Text("kind") == "NetworkPolicy" && document.Texts("spec", "policyTypes").Contains("Ingress") && document.Items("spec", "ingress").All(rule => rule.Items("from").Any())))
        {
            yield return "no NetworkPolicy says who may connect";
        }

        foreach (var pod in documents.Select(document => document.At("spec", "template", "spec")).OfType<YamlNode>())
        {
            if (pod.Text("securityContext", "runAsNonRoot") != "true")
            {
                yield return "a pod may run as root";
            }

            if (pod.Text("automountServiceAccountToken") != "false")
            {
                yield return "a pod has a token of the cluster that it does not need";
            }

            foreach (var container in pod.Items("containers"))
            {
                var security = container.At("securityContext");
                if (security.Text("allowPrivilegeEscalation") != "false" || security.Text("readOnlyRootFilesystem") != "true" || !security.Texts("capabilities", "drop").Contains("ALL"))
                {
                    yield return $"{container.Text("name")}: allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities.drop: [ALL]";
                }

                foreach (var variable in container.Items("env").Where(variable => variable.At("valueFrom", "secretKeyRef") is not null || IsSecret(variable.Text("name"), variable.Text("value"))))
                {
                    yield return $"{container.Text("name")} has a secret in the environment: {variable.Text("name")}";
                }
            }
        }
    }

    public static IEnumerable<string> Systemd(string unit)
    {
        string[] lines = ["NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "UMask=0077", "StateDirectoryMode=0700"];
        return lines.Except(unit.Split('\n')).Select(line => $"the unit lacks {line}");
    }

    /// <summary>A one-shot service without a network makes the secrets; everything else serves.</summary>
    private static bool Serves(YamlNode service) => service.Text("network_mode") != "none";

    private static bool IsSecret(string name, string value) =>
        value.Contains("password=", StringComparison.OrdinalIgnoreCase)
        || (((string[])["PASSWORD", "SECRET", "TOKEN"]).Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)) && !name.EndsWith("FILE", StringComparison.OrdinalIgnoreCase));
}
