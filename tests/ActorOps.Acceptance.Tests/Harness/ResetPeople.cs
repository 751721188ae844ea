using ActorOps.Client;
using ActorOps.Client.Wire;

namespace ActorOps.Acceptance.Tests.Harness;

/// <summary>One person who asks for resets and signs, another one who approves, through whichever node.</summary>
public sealed class ResetPeople
{
    private readonly ClusterTrading _cluster;
    private readonly string _approver;

    private ResetPeople(ClusterTrading cluster, string approver) => (_cluster, _approver) = (cluster, approver);

    public static async Task<ResetPeople> CreateAsync(ClusterTrading cluster)
    {
        using var client = cluster.Admin(0);
        var answer = await client.PostAsync("api/v1/access/principals", new PrincipalBody("approver", "approver", ["risk"]), WireJson.Default.PrincipalBody, WireJson.Default.PrincipalAnswer, "approver");
        return new ResetPeople(cluster, answer.Token);
    }

    /// <summary>Asks for a reset and signs what the system cannot verify; its id.</summary>
    public async Task<Guid> AskAsync(int via, params Guid[] trips)
    {
        using var client = _cluster.Admin(via, TimeSpan.FromSeconds(15));
        var reset = await client.PostAsync("api/v1/kill-switch/resets", new ResetBody(trips, "fixed", "a bug"), WireJson.Default.ResetBody, WireJson.Default.ResetView, Guid.NewGuid().ToString());
        foreach (var check in reset.Checks!.Where(check => check.State == "Open"))
        {
            await client.PostAsync($"api/v1/kill-switch/resets/{reset.ResetId}/signatures", new SignatureBody(check.Item, "looked at it"), WireJson.Default.SignatureBody, WireJson.Default.ResetView, Guid.NewGuid().ToString());
        }

        return reset.ResetId;
    }

    /// <summary>Approves it; false when it was refused.</summary>
    public async Task<bool> ApproveAsync(int via, Guid reset)
    {
        using var client = _cluster.Nodes[via].Client(_approver, TimeSpan.FromSeconds(15));
        try
        {
            await client.PostAsync($"api/v1/kill-switch/resets/{reset}/approvals", new ApprovalBody(), WireJson.Default.ApprovalBody, WireJson.Default.ApprovalAnswer, Guid.NewGuid().ToString());
            return true;
        }
        catch (ActorOpsException refused) when (refused.Problem.Status is 403 or 404 or 409)
        {
            Console.WriteLine($"approval refused: {refused.Message}");
            return false;
        }
    }
}
