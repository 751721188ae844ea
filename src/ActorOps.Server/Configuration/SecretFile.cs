using ActorOps.Hocon.Binding;

namespace ActorOps.Server.Configuration;

/// <summary>
/// Files that hold one secret each. What a key names is never repeated in an error: who writes the secret itself where its file belongs must not find it in a log.
/// </summary>
internal static class SecretFile
{
    private const long Longest = 64 * 1024;
    private const UnixFileMode TooOpen = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>Reports a file that is missing, empty, too large, or open to other users.</summary>
    /// <returns>Whether it can be used; also true when no file is named.</returns>
    public static bool Check(string key, string file, OptionsBinder binder)
    {
        if (file.Length == 0)
        {
            return true;
        }

        if (Problem(file) is not { } problem)
        {
            return true;
        }

        binder.Add(key, problem);
        return false;
    }

    /// <summary>The secret, without white space around it; empty when there is an error, which is reported.</summary>
    public static string Read(string key, string file, OptionsBinder binder)
    {
        if (!Check(key, file, binder))
        {
            return string.Empty;
        }

        try
        {
            var text = File.ReadAllText(file).Trim();
            if (text.Length == 0)
            {
                binder.Add(key, "the file is empty");
            }

            return text;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            binder.Add(key, "the file cannot be read by this user");
            return string.Empty;
        }
    }

    private static string? Problem(string file)
    {
        try
        {
            var found = new FileInfo(file);
            if (!found.Exists)
            {
                return "there is no such file; the key takes the path of a file that holds the secret";
            }

            var target = found.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? found;
            return target.Length == 0 ? "the file is empty"
                : target.Length > Longest ? $"the file is longer than {Longest / 1024} KiB"
                : (target.UnixFileMode & TooOpen) != 0 ? $"other users have access to the file (mode {Convert.ToString((int)target.UnixFileMode, 8).PadLeft(4, '0')}): chmod 0600"
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return "the file cannot be looked at by this user";
        }
    }
}
