using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ActorOps.Client.Wire;

namespace ActorOps.Benchmarks;

/// <summary>Pre-serialised lines over one HTTP connection to evaluated rules: 1,000 targets, 90 % ticks, 10 % profit figures.</summary>
internal static class IngestBenchmark
{
    private const int Lines = 4_000_000;
    private const int Feeds = 900;
    private const int Strategies = 100;

    public static async Task RunAsync()
    {
        await using var node = await BenchNode.StartAsync();
        using var client = node.DeskClient;
        await client.HelloAsync(new HelloBody("paper", "1") { Targets = Targets() });
        while (node.Services.Ops.Supervisors.All.Count() < Feeds + Strategies)
        {
            await Task.Delay(50);
        }

        var block = Block();
        var warm = await NodeAsync(node, block, Lines / 4);
        var rate = Math.Max(await NodeAsync(node, block, Lines), await NodeAsync(node, block, Lines));
        var baseline = Math.Max(await BareAsync(block, Lines / 2), await BareAsync(block, Lines));
        Figures.Print("ingest-http-to-rules", rate, "signals/s", "bare_parse_loop", baseline, largerIsBetter: true);
        Console.WriteLine($"bench ingest-memory {Environment.WorkingSet / 1048576.0:0} MiB baseline=first_quarter:{warm.ToString("0")}_signals/s ratio=1.00");
    }

    private static async Task<double> NodeAsync(BenchNode node, byte[] block, int lines)
    {
        using var socket = await ConnectAsync(node.Url.Port);
        var blocks = lines / 10_000;
        var head = $"POST /api/v1/signals HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {node.DeskToken}\r\nContent-Type: application/x-ndjson\r\nContent-Length: {(long)block.Length * blocks}\r\nConnection: close\r\n\r\n";
        var started = Stopwatch.GetTimestamp();
        await socket.SendAsync(Encoding.ASCII.GetBytes(head));
        await SendAsync(socket, block, blocks);
        using var reader = new StreamReader(new NetworkStream(socket));
        var answer = await reader.ReadToEndAsync();
        // The answer comes when the last line is in an inbox; the supervisors have evaluated it once they answer.
        foreach (var summary in node.Services.Ops.Supervisors.All.ToList())
        {
            await node.Services.Ops.InspectAsync(summary.Target);
        }

        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return answer.Contains($"\"accepted\":{lines},\"rejected\":0", StringComparison.Ordinal) ? lines / elapsed : throw new InvalidOperationException(answer);
    }

    private static async Task<double> BareAsync(byte[] block, int lines)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepting = listener.AcceptSocketAsync();
        using var sender = await ConnectAsync(((IPEndPoint)listener.LocalEndpoint).Port);
        using var receiver = await accepting;
        var started = Stopwatch.GetTimestamp();
        var sending = Task.Run(async () =>
        {
            await SendAsync(sender, block, lines / 10_000);
            sender.Shutdown(SocketShutdown.Send);
        });
        var count = await Task.Run(() => Parse(receiver));
        await sending;
        return count == lines ? lines / Stopwatch.GetElapsedTime(started).TotalSeconds : throw new InvalidOperationException($"{count} lines");
    }

    private static int Parse(Socket socket)
    {
        var buffer = new byte[1 << 20];
        var (held, count) = (0, 0);
        int read;
        while ((read = socket.Receive(buffer, held, buffer.Length - held, SocketFlags.None)) > 0)
        {
            var rest = buffer.AsSpan(0, held + read);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                var reader = new Utf8JsonReader(rest[..end]);
                while (reader.Read())
                {
                }

                count++;
            }

            rest.CopyTo(buffer);
            held = rest.Length;
        }

        return count;
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = 1 << 20 };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static async Task SendAsync(Socket socket, byte[] block, int blocks)
    {
        for (var i = 0; i < blocks; i++)
        {
            for (var sent = 0; sent < block.Length;)
            {
                sent += await socket.SendAsync(block.AsMemory(sent));
            }
        }
    }

    /// <summary>Ten thousand lines, the targets in turn.</summary>
    private static byte[] Block()
    {
        var text = new StringBuilder();
        var at = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        for (var i = 0; i < 10_000; i++)
        {
            text.Append(i % 10 == 9
                ? $"{{\"type\":\"pnl\",\"at\":\"{at}\",\"strategy\":\"s{i / 10 % Strategies}\",\"realized\":{i % 7}.25,\"unrealized\":-1.5}}\n"
                : $"{{\"type\":\"tick\",\"at\":\"{at}\",\"feed\":\"f{i % Feeds}\",\"symbol\":\"SPY\",\"last\":{165 + (i % 100 / 100.0):0.00}}}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static DeskTargets Targets() => new("eu", "USD", 1_000_000_000)
    {
        Accounts = [new AccountTarget("a", "b", 1_000_000_000)],
        Brokers = [new FeedTarget("b")],
        Feeds = [.. Enumerable.Range(0, Feeds).Select(i => new FeedTarget($"f{i}"))],
        Strategies = [.. Enumerable.Range(0, Strategies).Select(i => new StrategyTarget($"s{i}", "a", "f0", 1_000_000))],
    };
}
