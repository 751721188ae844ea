using System.Text;

namespace ActorOps.Client;

/// <summary>Lines of a text that never ends, each of a bounded length: a peer that sends no end of line cannot fill the memory.</summary>
internal sealed class BoundedLines(TextReader reader, int most)
{
    private readonly char[] _buffer = new char[8192];
    private readonly StringBuilder _line = new();
    private int _at;
    private int _end;

    /// <summary>The next line without its end; null at the end of the text.</summary>
    /// <exception cref="IOException">The line is longer than the bound.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellation)
    {
        _line.Clear();
        while (true)
        {
            if (_at == _end)
            {
                (_at, _end) = (0, await reader.ReadAsync(_buffer.AsMemory(), cancellation).ConfigureAwait(false));
                if (_end == 0)
                {
                    return _line.Length > 0 ? Taken() : null;
                }
            }

            var found = _buffer.AsSpan(_at, _end - _at).IndexOf('\n');
            var length = found < 0 ? _end - _at : found;
            if (_line.Length + length > most)
            {
                throw new IOException($"a line of the stream is longer than {most} characters");
            }

            _line.Append(_buffer, _at, length);
            _at += found < 0 ? length : length + 1;
            if (found >= 0)
            {
                return Taken();
            }
        }
    }

    private string Taken()
    {
        if (_line.Length > 0 && _line[^1] == '\r')
        {
            _line.Length--;
        }

        return _line.ToString();
    }
}
