using System.Globalization;
using MockOperator.Kinds;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Controllers;

/// <summary>
/// Sees to it that a private mock has keys, without ever seeing one: creates the default Secret, and has kubelets look again while pods report that their keys are
/// missing, which they would otherwise do within a minute or two.
/// </summary>
public sealed class ApiKeyKeeper(MockChildren children, PodWatch pods, TimeProvider time)
{
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(2);

    // Half an hour at last: kubelets look by themselves every minute or two, so this only matters while somebody waits.
    private const int MostDoublings = 10;

    /// <summary>Creates the Secret that a private mock needs, before its pods look for it.</summary>
    public async Task EnsureAsync(MockServer mock, MockMemory memory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (!ApiKeySecret.IsOurs(mock))
        {
            memory.HasApiKey = false;
        }
        else if (!memory.HasApiKey)
        {
            await children.EnsureApiKeyAsync(mock, cancellation);
            memory.HasApiKey = true;
        }
    }

    /// <summary>Follows up on what the pods say of their keys.</summary>
    /// <returns>When to look again, or null when the keys are there.</returns>
    public async Task<TimeSpan?> FollowAsync(MockServer mock, MockMemory memory, Acknowledgements acknowledged, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(acknowledged);
        if (acknowledged.KeyProblem is null)
        {
            memory.KeyNudges = 0;
            memory.NextKeyNudge = default;
            return null;
        }

        DateTimeOffset now = time.GetUtcNow();
        if (now >= memory.NextKeyNudge)
        {
            // Somebody may have deleted the Secret that was created before: then a new key is better than none.
            memory.HasApiKey = false;
            await EnsureAsync(mock, memory, cancellation);
            await pods.NudgeKeysAsync(acknowledged.Keyless, memory.KeyNudges.ToString(CultureInfo.InvariantCulture) + "-" + now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), cancellation);
            memory.NextKeyNudge = now + (s_firstWait * Math.Pow(2, Math.Min(memory.KeyNudges, MostDoublings)));
            memory.KeyNudges++;
        }

        return memory.NextKeyNudge - now;
    }
}
