using ActorOps.Integrations.Alertmanager;

namespace ActorOps.Integrations.Tests.Alertmanager;

public class AlertFingerprintTests
{
    /// <summary>From Alertmanager's own sample payloads.</summary>
    [Theory]
    [InlineData("127.0.0.1:9090", "791cec13fcba0368")]
    [InlineData("localhost:9090", "8df98227bdd81384")]
    public void It_is_the_one_that_alertmanager_computes(string instance, string expected)
    {
        var labels = new Dictionary<string, string> { ["severity"] = "critical", ["alertname"] = "InstanceDown", ["code"] = "200", ["instance"] = instance, ["job"] = "prometheus", ["monitor"] = "codelab-monitor", ["empty"] = "" };
        Assert.Equal(expected, AlertFingerprint.Of(labels));
    }
}
