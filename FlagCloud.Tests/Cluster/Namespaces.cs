using System.Security.Cryptography;
using FlagCloud.Tests.Deploy;

namespace FlagCloud.Tests.Cluster;

/// <summary>
/// Network namespaces of this machine on a switch of their own, each as a container would have one: an address, the names of the services, and a
/// cable that can be pulled. The services live in the namespace of the switch, and this process reaches all of them.
/// </summary>
sealed class Namespaces : IAsyncDisposable
{
    public const string Services = "services";

    const string Switch = "switch", HostNames = "/etc/netns";

    // 198.18.0.0/15 is set aside for tests of networks, so that no host is hidden by it.
    readonly string subnet = $"198.18.{RandomNumberGenerator.GetInt32(1, 255)}", id = RandomNumberGenerator.GetHexString(6, lowercase: true);
    readonly List<string> members = [Services];

    Namespaces()
    {
    }

    public static async Task<Namespaces> Create(IEnumerable<string> members, IEnumerable<string> serviceNames)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("Network namespaces need Linux and root.");
        if (Tool.Find("ip") is null) Assert.Skip("The program 'ip' is not installed (Debian and Ubuntu: apt-get install iproute2).");
        var network = new Namespaces();
        var (exitCode, _, error) = await Tool.Run("ip", ["netns", "add", network.Name(Services)]);
        if (exitCode is not 0) Assert.Skip($"This machine does not let us make network namespaces: {error}");
        network.members.AddRange(members);
        try
        {
            var names = string.Join(' ', serviceNames);
            await Ip($"-n {network.Name(Services)} link add {Switch} type bridge");
            await network.Dress(Services, Switch, 1, names);
            await Ip($"link add fc{network.id} type veth peer name here netns {network.Name(Services)}");
            await Ip($"addr add {network.subnet}.254/24 dev fc{network.id}");
            await Ip($"link set fc{network.id} up");
            await network.PlugIn("here");
            foreach (var member in network.members.Skip(1))
            {
                await Ip($"netns add {network.Name(member)}");
                await Ip($"-n {network.Name(Services)} link add {member} type veth peer name eth0 netns {network.Name(member)}");
                await network.Dress(member, "eth0", network.Number(member), names);
                await network.PlugIn(member);
            }
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public string AddressOf(string member) => $"{subnet}.{Number(member)}";

    /// <summary>Starts a program in a namespace.</summary>
    public Daemon Start(string member, string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> environment) =>
        Daemon.Start("ip", ["netns", "exec", Name(member), program, .. arguments], folder, environment);

    /// <summary>From now on what it sends and what is sent to it is lost without a word: its own end of the cable stays up.</summary>
    public Task CutOff(string member) => Ip($"-n {Name(Services)} link set {member} nomaster");

    public Task Rejoin(string member) => PlugIn(member);

    public async ValueTask DisposeAsync()
    {
        foreach (var member in members)
        {
            await Tool.Run("ip", ["netns", "delete", Name(member)]);
            if (Directory.Exists(Path.Combine(HostNames, Name(member)))) Directory.Delete(Path.Combine(HostNames, Name(member)), recursive: true);
        }
    }

    async Task PlugIn(string cable)
    {
        await Ip($"-n {Name(Services)} link set {cable} master {Switch}");
        await Ip($"-n {Name(Services)} link set {cable} up");
    }

    async Task Dress(string member, string device, int number, string serviceNames)
    {
        await Ip($"-n {Name(member)} addr add {subnet}.{number}/24 dev {device}");
        await Ip($"-n {Name(member)} link set {device} up");
        await Ip($"-n {Name(member)} link set lo up");
        // "ip netns exec" shows this file to the program as /etc/hosts.
        var folder = Directory.CreateDirectory(Path.Combine(HostNames, Name(member)));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "hosts"), $"127.0.0.1 localhost\n{subnet}.1 {serviceNames}\n");
    }

    string Name(string member) => $"flagcloud-{id}-{member}";

    int Number(string member) => members.IndexOf(member) + 1;

    static async Task Ip(string arguments)
    {
        var (exitCode, _, error) = await Tool.Run("ip", arguments.Split(' '));
        Assert.True(exitCode is 0, $"ip {arguments}: {error}");
    }
}
