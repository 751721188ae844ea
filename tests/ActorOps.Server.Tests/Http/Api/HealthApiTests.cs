using System.Diagnostics;

namespace ActorOps.Server.Tests.Http.Api;

public class HealthApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [RequiresPromtoolFact]
    public async Task Promtool_accepts_the_metrics()
    {
        await server.Admin.GetAsync("/api/v1/status");
        var text = await server.Anonymous.GetStringAsync("/metrics");
        Assert.Contains("actorops_http_request_duration_seconds_bucket", text, StringComparison.Ordinal);
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var complaints = await promtool.StandardError.ReadToEndAsync() + await promtool.StandardOutput.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        Assert.True(promtool.ExitCode == 0, complaints);
    }

    [Fact]
    public async Task A_killed_firm_is_still_ready()
    {
        Assert.True((await server.Anonymous.GetAsync("/readyz")).IsSuccessStatusCode);
        // For resets somebody must hold the kill switch, which a node that has just started takes in a moment.
        await Waiting.For(async () => (await server.Anonymous.GetAsync("/readyz?for=control")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_api_describes_itself() =>
        Assert.Contains("/api/v1/kill-switch/trips", await server.Admin.GetStringAsync("/openapi/v1.json"), StringComparison.Ordinal);

    private sealed class RequiresPromtoolFactAttribute : FactAttribute
    {
        public RequiresPromtoolFactAttribute()
        {
            if (!File.Exists("/usr/bin/promtool"))
            {
                Skip = "needs promtool (Debian: prometheus)";
            }
        }
    }
}
