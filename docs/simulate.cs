// dotnet run docs/simulate.cs -- [--downloads 1e6] [--silos 3] [--cores 2] [--limit 64] [--delay 0.35] [--controller-us 60] [--flag-ms 1.5] [--storage-rate 990]
// A comparison as a queueing network: one controller, silos' cores, an origin that only delays, a storage that takes so many writes a second.
// docs/scaling.md says where the default constants were measured.
using System.Globalization;

var given = args.Chunk(2).ToDictionary(pair => pair[0].TrimStart('-'), pair => double.Parse(pair[1], CultureInfo.InvariantCulture));
double Of(string name, double standard) => given.Remove(name, out var value) ? value : standard;

var downloads = Of("downloads", 1e6);
var (silos, cores, limit) = ((int)Of("silos", 3), (int)Of("cores", 2), (int)Of("limit", 64));
var (delay, controllerSeconds, flagSeconds, storageRate) = (Of("delay", 0), Of("controller-us", 60) / 1e6, Of("flag-ms", 1.5) / 1e3, Of("storage-rate", 990));
if (given.Count > 0) return Fail($"{string.Join(", ", given.Keys)} is not known. Allowed: downloads, silos, cores, limit, delay, controller-us, flag-ms, storage-rate.");

// The rate settles within thousands; a billion are as many times the same.
var simulated = (int)Math.Min(downloads, 200_000);
var random = new Random(1);
var stations = new[]
{
    new Station("controller grain (one at a time)", 1, () => controllerSeconds),
    new Station("silo cores", silos * cores, () => flagSeconds),
    new Station("origin (delay only)", int.MaxValue, () => delay * (0.5 + random.NextDouble())),
    new Station("storage", 1, () => 1 / storageRate),
};
var events = new PriorityQueue<int, double>();
var (started, ended, now) = (0, 0, 0.0);
while (started < Math.Min(limit, simulated)) Enter(0, 0.0, ref started);
while (events.TryDequeue(out var done, out var time))
{
    now = time;
    if (done + 1 < stations.Length) events.Enqueue(done + 1, stations[done + 1].Serve(now));
    else if (++ended <= simulated && started < simulated) Enter(0, now, ref started);
}

var rate = simulated / now;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{downloads:0} downloads, {silos} silos of {cores} cores, limit {limit}: {rate:0} a second, {Span(downloads / rate)}"));
foreach (var station in stations.Where(station => station.Servers < int.MaxValue))
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {station.Name,-34} {station.Busy / now / station.Servers,6:0 %} busy, {station.Servers / (station.Busy / simulated),9:0} a second at most"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"limit / time in flight",-34} {limit * 1.0 / (controllerSeconds + flagSeconds + delay + 1 / storageRate),24:0} a second at most"));
return 0;

void Enter(int station, double at, ref int count)
{
    count++;
    events.Enqueue(station, stations[station].Serve(at));
}

static string Span(double seconds) => seconds < 120 ? FormattableString.Invariant($"{seconds:0.0} s")
    : seconds < 7200 ? FormattableString.Invariant($"{seconds / 60:0.0} min") : seconds < 172_800 ? FormattableString.Invariant($"{seconds / 3600:0.0} h") : FormattableString.Invariant($"{seconds / 86_400:0.0} days");

static int Fail(string message)
{
    Console.Error.WriteLine(message);
    return 2;
}

/// <summary>First come, first served; arrivals come in the order of time.</summary>
sealed class Station(string name, int servers, Func<double> service)
{
    readonly PriorityQueue<int, double> free = servers is int.MaxValue ? new() : new(Enumerable.Range(0, servers).Select(server => (server, 0.0)));

    public string Name => name;

    public int Servers => servers;

    public double Busy { get; private set; }

    public double Serve(double arrival)
    {
        var takes = service();
        Busy += takes;
        if (servers is int.MaxValue) return arrival + takes;
        free.TryDequeue(out var server, out var since);
        var end = Math.Max(arrival, since) + takes;
        free.Enqueue(server, end);
        return end;
    }
}
