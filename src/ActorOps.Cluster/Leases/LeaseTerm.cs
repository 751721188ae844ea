namespace ActorOps.Cluster.Leases;

/// <summary>
/// How long a node may believe its last renewal: <c>trustedUntil = attemptStarted + ttl - margin</c>, with the margin a fifth of the time to live.
/// </summary>
/// <remarks>
/// <para>The store is the authority. A node is, as far as it can know, in one of two states: <em>trusted</em> (now is before trustedUntil) or
/// <em>not</em>. The attempt's start is read before the request leaves, on a clock that counts through suspend, so the node's term ends before the
/// store's does as long as the two clocks' rates differ by less than 11 %.</para>
/// <list type="table">
/// <item><term>renewal answered</term><description>a new term, from the start of that attempt</description></item>
/// <item><term>renewal not answered</term><description>the old term runs on; try again</description></item>
/// <item><term>term over</term><description>nothing may be done that adds risk or has an outside effect; a later renewal makes it good again</description></item>
/// <item><term>fenced</term><description>this life is over, whatever the term says</description></item>
/// <item><term>process was paused</term><description>the term is over when it wakes: it is looked at, not waited for</description></item>
/// </list>
/// </remarks>
/// <param name="AttemptStarted">Timestamp of the boot-time clock before the renewal was sent.</param>
/// <param name="Ttl">How long the store holds it good.</param>
public readonly record struct LeaseTerm(long AttemptStarted, TimeSpan Ttl)
{
    /// <summary>Share of the time to live that is not used.</summary>
    public const double Margin = 0.2;

    /// <summary>Timestamp after which the renewal must not be believed.</summary>
    public long TrustedUntil(TimeProvider time) => AttemptStarted + (long)(Ttl.TotalSeconds * (1 - Margin) * time.TimestampFrequency);

    /// <summary>What is left of the term; zero or less when it is over.</summary>
    public TimeSpan Left(TimeProvider time) => time.GetElapsedTime(time.GetTimestamp(), TrustedUntil(time));
}
