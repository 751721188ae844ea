namespace ActorOps.Ops.Tests;

/// <summary>A disk that stands still on demand: what was flushed is neither done nor failed, as when a volume is suspended.</summary>
public sealed class StandingDisk
{
    private readonly ManualResetEventSlim _goesOn = new(initialState: true);

    public bool StandsStill
    {
        set
        {
            if (value)
            {
                _goesOn.Reset();
            }
            else
            {
                _goesOn.Set();
            }
        }
    }

    public FileStream Open(string path, FileMode mode) => new StandingFile(path, mode, _goesOn);

    private sealed class StandingFile(string path, FileMode mode, ManualResetEventSlim goesOn) : FileStream(path, mode, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0)
    {
        public override void Flush(bool flushToDisk)
        {
            goesOn.Wait();
            base.Flush(flushToDisk);
        }
    }
}
