using System.Diagnostics;
using System.Text;

namespace ActorOps.Hocon.Tests.Conformance;

/// <summary>The reference implementation (Debian's libtypesafe-config-java), asked for all cases in one run.</summary>
internal static class TypesafeOracle
{
    private const string Jar = "/usr/share/java/typesafe-config.jar";

    public static bool Available => File.Exists(Jar) && (File.Exists("/usr/bin/java") || Environment.GetEnvironmentVariable("JAVA_HOME") is not null);

    /// <summary>One answer a case: JSON, or a text that begins with '!'.</summary>
    public static IReadOnlyList<string> Ask(IEnumerable<string> lines)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Conformance", "Oracle.java");
        using var java = Process.Start(new ProcessStartInfo("java", ["-cp", Jar, source])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        java.StandardInput.Write(string.Join('\n', lines) + "\n");
        java.StandardInput.Close();
        var answers = java.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        java.WaitForExit();
        Assert.Equal(0, java.ExitCode);
        return answers;
    }

    public static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
