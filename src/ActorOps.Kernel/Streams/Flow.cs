namespace ActorOps.Kernel.Streams;

/// <summary>A part of a stream with one way in and one way out.</summary>
public sealed class Flow<TIn, TOut>
{
    private readonly Func<Source<TIn>, Source<TOut>> _apply;

    internal Flow(Func<Source<TIn>, Source<TOut>> apply) => _apply = apply;

    /// <summary>This flow, then the next.</summary>
    public Flow<TIn, TNext> Via<TNext>(Flow<TOut, TNext> next) => new(source => next.Apply(_apply(source)));

    /// <summary>This flow, then the sink.</summary>
    public Sink<TIn> To(Sink<TOut> sink) => new((source, scope) => sink.RunAsync(_apply(source), scope));

    internal Source<TOut> Apply(Source<TIn> source) => _apply(source);
}

/// <summary>Makes flows.</summary>
public static class Flow
{
    /// <summary>Names a chain of stages: <c>Flow.Create&lt;int, string&gt;(source =&gt; source.Where(...).Select(...))</c>.</summary>
    public static Flow<TIn, TOut> Create<TIn, TOut>(Func<Source<TIn>, Source<TOut>> stages) => new(stages);
}
