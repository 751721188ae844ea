namespace ActorOps.Cli.Connecting;

/// <summary>Reads a file with a token, and says what is wrong with it before it is sent anywhere.</summary>
internal static class TokenText
{
    private const int Longest = 500;

    /// <summary>The token, or why there is none to send.</summary>
    public static (string? Token, string? Problem) Read(string path)
    {
        try
        {
            var token = File.ReadAllText(path).Trim();
            return token.Length == 0 ? (null, $"the token file {path} is empty")
                : token.Length > Longest || token.Any(c => c is <= ' ' or > '~') ? (null, $"the token in {path} is malformed: a token is one line of letters and digits")
                : (token, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, error is FileNotFoundException or DirectoryNotFoundException ? $"the token file {path} is missing" : $"the token file {path} cannot be read: {error.Message}");
        }
    }
}
