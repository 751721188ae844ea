using System.Text.Json;
using ActorOps.Integrations.Alertmanager;

namespace ActorOps.Integrations.Tests.Alertmanager;

public class AlertReaderTests
{
    [Fact]
    public void An_alert_with_a_key_twice_is_named_and_hides_no_other()
    {
        var batch = JsonSerializer.Deserialize("""[{"labels":{"a":"1","a":"2"}},{"labels":{"action":"AUTO_KILL_SWITCH"}}]""", AlertmanagerJson.Default.JsonElementArray)!;
        Assert.NotNull(AlertReader.Read(batch[0]).Problem);
        var (alert, problem) = AlertReader.Read(batch[1]);
        Assert.Null(problem);
        Assert.Equal("AUTO_KILL_SWITCH", alert!.Labels!["action"]);
    }
}
