using System.Net;
using ActorOps.Hocon.Binding;
using ActorOps.Ops.Desks;
using ActorOps.Ops.Rules;
using ActorOps.Ops.Scopes;

namespace ActorOps.Server.Configuration;

/// <summary>Rules across settings.</summary>
internal static class NodeRules
{
    public static void Check(NodeOptions options, OptionsBinder binder)
    {
        Identity(options, binder);
        Http(options, binder);
        ClusterRules.Check(options, binder);
        Limits(options.Rules, binder);
        Desks(options, binder);
        Emergencies(options, binder);
        if (!Enum.TryParse<Microsoft.Extensions.Logging.LogLevel>(options.Logs.Level, ignoreCase: true, out _))
        {
            binder.Add("actorops.logs.level", $"found '{options.Logs.Level}', expected trace, debug, information, warning, error, critical or none");
        }

        foreach (var text in options.Gate.HaltOnIsolation.Where(text => !Scope.TryParse(text, out _)))
        {
            binder.Add("actorops.gate.halt-on-isolation", $"'{text}' is not a valid scope: use firm, region/R, broker/B, account/A, strategy/S or symbol/X");
        }

        if (options.Gate.Renew.TotalMilliseconds * 2 > options.Gate.ValidForMs)
        {
            binder.Add("actorops.gate.renew", "must be at most half of valid-for-ms, or one lost echo closes the gate");
        }
    }

    private static void Identity(NodeOptions options, OptionsBinder binder)
    {
        foreach (var (key, value) in (ReadOnlySpan<(string, string)>)[("actorops.node.id", options.Node.Id), ("actorops.node.region", options.Node.Region), ("actorops.node.first-desk", options.Node.FirstDesk)])
        {
            if (!Scope.IsId(value))
            {
                binder.Add(key, $"'{value}' is not a valid id: use 1 to 100 letters, digits or . _ : -");
            }
        }
    }

    private static void Http(NodeOptions options, OptionsBinder binder)
    {
        if (!IPAddress.TryParse(options.Http.Bind, out var address))
        {
            binder.Add("actorops.http.bind", $"'{options.Http.Bind}' is not an IP address");
        }
        else if (!IPAddress.IsLoopback(address) && options.Http.CertificateFile.Length == 0)
        {
            binder.Add(
                "actorops.http.bind",
                $"{address} is reachable from other machines, which needs TLS: set actorops.http.certificate-file and certificate-key-file (PEM) and list the names in allowed-hosts, or bind to 127.0.0.1");
        }

        if (options.Http.Advertise.Length > 0 && !(Uri.TryCreate(options.Http.Advertise, UriKind.Absolute, out var advertised) && advertised.Scheme is "http" or "https" && advertised.UserInfo.Length == 0))
        {
            binder.Add("actorops.http.advertise", "not an address such as https://node-1.desk.example:8080");
        }

        if (options.Http.CertificateFile is { Length: > 0 } certificate && !File.Exists(certificate))
        {
            binder.Add("actorops.http.certificate-file", $"there is no file '{certificate}'");
        }

        ClusterRules.PrivateKey("actorops.http", options.Http.CertificateFile, options.Http.CertificateKeyFile, binder);
    }

    private static void Limits(RuleOptions rules, OptionsBinder binder)
    {
        foreach (var property in typeof(RuleOptions).GetProperties().Where(property => property.PropertyType == typeof(RuleLimit)))
        {
            var limit = (RuleLimit)property.GetValue(rules)!;
            var key = $"actorops.rules.{KeyNames.ToKey(property.Name)}";
            var belowIsBad = property.Name is nameof(RuleOptions.HourlyPnl) or nameof(RuleOptions.DailyPnl) or nameof(RuleOptions.FillRate);
            if (belowIsBad ? limit.Warning < limit.Critical : limit.Warning > limit.Critical)
            {
                binder.Add($"{key}.warning", $"{limit.Warning} is past critical ({limit.Critical}); a warning comes first");
            }

            if (limit.Emergency is { } emergency && (belowIsBad ? emergency > limit.Critical : emergency < limit.Critical))
            {
                binder.Add($"{key}.emergency", $"{emergency} comes before critical ({limit.Critical})");
            }
        }
    }

    private static void Emergencies(NodeOptions options, OptionsBinder binder)
    {
        var sizes = options.KillSwitch.RecoverySizes;
        if (sizes.Exists(size => size is <= 0 or >= 1) || sizes.Zip(sizes.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            binder.Add("actorops.kill-switch.recovery-sizes", $"[{string.Join(", ", sizes)}]: each is above 0 and below 1, and larger than the one before");
        }

        foreach (var (id, broker) in options.Brokers)
        {
            if (!Uri.TryCreate(broker.Url, UriKind.Absolute, out var url) || !(url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)))
            {
                binder.Add($"actorops.brokers.{id}.url", "not an address of a broker: https, or http on this machine");
            }

            if (url is { UserInfo.Length: > 0 })
            {
                binder.Add($"actorops.brokers.{id}.url", "has a user or password in it, and addresses are shown; put them into key-file and secret-file");
            }

            SecretFile.Check($"actorops.brokers.{id}.key-file", broker.KeyFile, binder);
            SecretFile.Check($"actorops.brokers.{id}.secret-file", broker.SecretFile, binder);
        }
    }

    private static void Desks(NodeOptions options, OptionsBinder binder)
    {
        var desks = options.Desks.Select(desk => desk.Value.ToDesk(desk.Key, options.Node.Region)).ToList();
        foreach (var desk in desks)
        {
            foreach (var error in DeskValidation.Errors(desk).Concat(DeskValidation.Conflicts(desk, desks)))
            {
                binder.Add($"actorops.desks.{desk.Id}", error);
            }
        }
    }
}
