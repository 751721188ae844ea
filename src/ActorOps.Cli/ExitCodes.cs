using ActorOps.Client;

namespace ActorOps.Cli;

/// <summary>Exit codes as promised in the reference.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int NeedsLook = 3;
    public const int Denied = 4;
    public const int NotFound = 5;
    public const int Conflict = 6;
    public const int Waiting = 7;
    public const int StillRunning = 8;
    public const int Unreachable = 9;
    public const int Partial = 10;
    public const int Unknown = 11;
    public const int Declined = 12;

    public static int Of(ActorOpsException refused) => Of(refused.Problem.Status);

    public static int Of(int status) => status switch
    {
        400 or 422 => Usage,
        401 or 403 => Denied,
        404 => NotFound,
        409 or 412 or 428 => Conflict,
        503 => Unreachable,
        504 => Unknown,
        507 => Partial,
        _ => Failed,
    };
}
