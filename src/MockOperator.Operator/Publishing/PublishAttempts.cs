using MockOperator.Resources;

namespace MockOperator.Operator.Publishing;

/// <summary>
/// What became of writing the URL of a mock to one key: what stands in the way, and when it is worth another try. Touched only by the worker that has the mock's key. All of
/// it can be lost: a restart tries once more.
/// </summary>
public sealed class PublishAttempts
{
    // A user who removed the key by mistake waits the first of these; a controller that restores its ConfigMap meets us once an hour.
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromHours(1);

    // How long a ConfigMap that was made may be missing in the store.
    private static readonly TimeSpan s_lag = TimeSpan.FromSeconds(5);

    private ConfigMapKeyReference? _target;
    private string? _url;
    private string? _refusedVersion;
    private bool _waitsForChange;
    private string? _published;
    private DateTimeOffset _publishedAt;
    private int _failures;

    /// <summary>What stands in the way, or null.</summary>
    public PublishOutcome? Problem { get; private set; }

    /// <summary>How often in a row somebody undid what was written.</summary>
    public int Undone { get; private set; }

    /// <summary>When to try again at the earliest.</summary>
    public DateTimeOffset NotBefore { get; private set; }

    /// <summary>Begins anew when the spec names another key, or the mock is found at another URL: that the old one is not there any more is nobody's doing then.</summary>
    /// <param name="target">The key.</param>
    /// <param name="url">The URL.</param>
    public void Aim(ConfigMapKeyReference target, string url)
    {
        if (target == _target && url == _url)
        {
            return;
        }

        _target = target;
        _url = url;
        _refusedVersion = null;
        _published = null;
        _failures = 0;
        Problem = null;
        Undone = 0;
        NotBefore = default;
    }

    /// <summary>Notes that the store shows the URL where it belongs.</summary>
    public void Found()
    {
        Problem = null;
        _refusedVersion = null;
    }

    /// <summary>Notes that the URL was written.</summary>
    /// <param name="version">The version of the ConfigMap that has it.</param>
    /// <param name="now">The time.</param>
    public void Wrote(string version, DateTimeOffset now)
    {
        _published = version;
        _publishedAt = now;
        _refusedVersion = null;
        _failures = 0;
        Problem = null;
    }

    /// <summary>Whether the store has yet to show what was written last.</summary>
    /// <param name="version">The version that the store shows, or null when it shows no ConfigMap.</param>
    /// <param name="now">The time.</param>
    public bool IsBehind(string? version, DateTimeOffset now) => version is null
        ? _published is not null && now - _publishedAt < s_lag
        : ulong.TryParse(_published, out ulong written) && ulong.TryParse(version, out ulong seen) && seen < written;

    /// <summary>Notes that what was written is no longer there.</summary>
    /// <param name="wasWritten">Whether the ConfigMap itself says that it was written, as it does after a restart.</param>
    /// <param name="now">The time.</param>
    public void Missed(bool wasWritten, DateTimeOffset now)
    {
        if (_published is null && !(wasWritten && Undone == 0))
        {
            return;
        }

        bool heldForLong = _published is not null && now - _publishedAt > s_longestWait;
        _published = null;
        Undone = heldForLong ? 1 : Undone + 1;
        NotBefore = now + (Undone == 1 ? s_firstWait : s_longestWait);
    }

    /// <summary>Notes that the server refused.</summary>
    /// <param name="problem">What to tell.</param>
    /// <param name="version">The version of the ConfigMap that was there, or null.</param>
    /// <param name="waitsForChange">Whether only a change of the ConfigMap can help, which is watched.</param>
    /// <param name="now">The time.</param>
    public PublishOutcome Refused(PublishOutcome problem, string? version, bool waitsForChange, DateTimeOffset now)
    {
        _refusedVersion = version;
        _waitsForChange = waitsForChange;
        _failures++;
        double wait = s_firstWait.TotalSeconds * Math.Pow(2, Math.Min(_failures - 1, 16));
        NotBefore = now + TimeSpan.FromSeconds(Math.Min(wait, s_longestWait.TotalSeconds));
        Problem = waitsForChange ? problem : problem with { LookAgain = NotBefore - now };
        return Problem;
    }

    /// <summary>What is still so of the last refusal: null when it is worth another try.</summary>
    /// <param name="version">The version of the ConfigMap that is there, or null.</param>
    /// <param name="now">The time.</param>
    public PublishOutcome? StillRefused(string? version, DateTimeOffset now)
    {
        if (Problem is null)
        {
            return null;
        }

        if (_waitsForChange && version == _refusedVersion)
        {
            return Problem with { LookAgain = null };
        }

        return now < NotBefore ? Problem with { LookAgain = NotBefore - now } : null;
    }
}
