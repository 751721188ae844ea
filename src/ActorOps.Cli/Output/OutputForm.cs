namespace ActorOps.Cli.Output;

/// <summary>How data is shown.</summary>
internal enum OutputForm
{
    Table,
    Wide,
    Json,
    Jsonl,
    Name,
}
