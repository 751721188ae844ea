using System.Text.Json;
using ActorOps.Kernel.Persistence;
using Microsoft.Extensions.Logging;

namespace ActorOps.Ops.Procedures;

/// <summary>Delivers notices, one node at a time each. The only channel until others are set up is the log: a notice is never lost for want of one.</summary>
internal sealed class NoticeDelivery(IOutbox outbox, ILogger log)
{
    private const int Most = 100;
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    /// <summary>Why notices cannot be delivered; null: they can.</summary>
    public string? Waits { get; private set; }

    /// <summary>Delivers what waits.</summary>
    public async Task DeliverAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var message in await outbox.ClaimAsync(Notice.Destination, Most, Hold, cancellation).ConfigureAwait(false))
            {
                var notice = JsonSerializer.Deserialize(message.Payload, NoticeJson.Default.Notice)!;
                ProcedureLog.Noticed(log, notice.Kind, notice.Severity, notice.Title, notice.Text);
                await outbox.MarkDeliveredAsync(Notice.Destination, message.Id, "logged", cancellation).ConfigureAwait(false);
            }

            Waits = null;
        }
        catch (JournalUnavailableException unavailable)
        {
            Waits = unavailable.Message;
            ProcedureLog.NoticesWait(log, unavailable.Message);
        }
    }
}
