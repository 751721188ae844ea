using System.Diagnostics;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>
/// A network of its own for each node, on one switch with a store: network namespaces and veth pairs. A cut is one way: what one machine sends to another
/// goes to a hardware address that nobody has, silently, as when a switch drops it.
/// </summary>
public sealed class NetworkLab : IDisposable
{
    private const string NobodysAddress = "02:00:00:00:00:99";
    private readonly string _name = $"ao{Environment.ProcessId % 100_000}";
    private readonly int _machines;

    private NetworkLab(int machines) => _machines = machines;

    /// <summary>The store's namespace.</summary>
    public string Hub => $"{_name}-hub";

    /// <summary>Null when this machine gives no namespaces: that needs root.</summary>
    public static NetworkLab? TryCreate(int machines)
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/sbin/ip"))
        {
            return null;
        }

        var lab = new NetworkLab(machines);
        try
        {
            lab.Create();
            return lab;
        }
        catch (InvalidOperationException)
        {
            lab.Dispose();
            return null;
        }
    }

    public string Of(int machine) => $"{_name}-{machine}";

    /// <summary>Address of a machine, from 1; 0: the store.</summary>
    public static string AddressOf(int machine) => $"10.77.0.{(machine == 0 ? 1 : 10 + machine)}";

    /// <summary>From now on nothing that <paramref name="from"/> sends reaches <paramref name="to"/>; machines from 1, 0 is the store.</summary>
    public void Cut(int from, int to) => Ip("-n", Namespace(from), "neigh", "replace", AddressOf(to), "lladdr", NobodysAddress, "dev", from == 0 ? "br0" : "eth0", "nud", "permanent");

    public void CutBoth(int a, int b)
    {
        Cut(a, b);
        Cut(b, a);
    }

    public void Heal()
    {
        for (var from = 0; from <= _machines; from++)
        {
            Ip("-n", Namespace(from), "neigh", "flush", "all", "nud", "permanent");
        }
    }

    public void Dispose()
    {
        for (var machine = 0; machine <= _machines; machine++)
        {
            using var delete = Process.Start(new ProcessStartInfo("ip", ["netns", "del", Namespace(machine)]) { RedirectStandardError = true })!;
            delete.WaitForExit();
        }
    }

    private void Create()
    {
        Ip("netns", "add", Hub);
        Ip("-n", Hub, "link", "set", "lo", "up");
        Ip("-n", Hub, "link", "add", "br0", "type", "bridge");
        Ip("-n", Hub, "addr", "add", AddressOf(0) + "/24", "dev", "br0");
        Ip("-n", Hub, "link", "set", "br0", "up");
        for (var machine = 1; machine <= _machines; machine++)
        {
            Ip("netns", "add", Of(machine));
            Ip("link", "add", $"v{machine}", "netns", Hub, "type", "veth", "peer", "name", "eth0", "netns", Of(machine));
            Ip("-n", Hub, "link", "set", $"v{machine}", "master", "br0");
            Ip("-n", Hub, "link", "set", $"v{machine}", "up");
            Ip("-n", Of(machine), "addr", "add", AddressOf(machine) + "/24", "dev", "eth0");
            Ip("-n", Of(machine), "link", "set", "eth0", "up");
            Ip("-n", Of(machine), "link", "set", "lo", "up");
        }
    }

    private string Namespace(int machine) => machine == 0 ? Hub : Of(machine);

    private static void Ip(params string[] arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var error = ip.StandardError.ReadToEnd();
        ip.WaitForExit();
        if (ip.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {error}");
        }
    }
}
