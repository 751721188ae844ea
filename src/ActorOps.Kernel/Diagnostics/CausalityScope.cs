using System.Collections;

namespace ActorOps.Kernel.Diagnostics;

/// <summary>An id in force. As a log scope it is the one pair <c>CausalityId</c>.</summary>
public sealed class CausalityScope : IDisposable, IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly string _id;
    private readonly string? _outer;

    internal CausalityScope(string id, string? outer) => (_id, _outer) = (id, outer);

    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] =>
        index == 0 ? new KeyValuePair<string, object?>("CausalityId", _id) : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Puts the id before it in force again.</summary>
    public void Dispose() => Causality.Restore(_outer);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        yield return this[0];
    }

    /// <inheritdoc/>
    public override string ToString() => "CausalityId:" + _id;

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
