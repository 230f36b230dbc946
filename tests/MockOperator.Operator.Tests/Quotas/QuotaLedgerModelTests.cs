using System.Text.Json;
using CsCheck;
using MockOperator.Operator.Quotas;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Quotas;

/// <summary>Leaders, pods and a store, whose steps and words to each other come in any order, get lost and come twice.</summary>
public sealed class QuotaLedgerModelTests
{
    private static readonly Gen<(int Step, int Which, int Size)[]> s_histories = Gen.Select(Gen.Int[0, 99], Gen.Int[0, 1000], Gen.Int[0, 40]).Array[10, 80];

    [Fact]
    public void Whatever_happens_no_more_calls_are_answered_than_allowed_and_all_of_them_when_nothing_crashed() =>
        s_histories.Sample(
            static history =>
            {
                var world = new World();
                foreach ((int step, int which, int size) in history)
                {
                    world.Do(step, which, size);
                    world.CheckNeverOver();
                }

                world.ComeToRest();
                world.CheckNeverOver();
                world.CheckExact();
            },
            iter: 100_000);

    private sealed class World
    {
        private readonly List<ModelPod> _pods = [];
        private readonly List<(ModelPod To, QuotaInstructions Words)> _out = [];
        private readonly List<(ModelPod From, QuotaReport Words, Leader To)> _back = [];
        private readonly Dictionary<string, long> _answered = [];
        private readonly Dictionary<string, long> _allowed = [];
        private readonly Store _store = new();
        private Leader _leader;
        private Leader? _deposed;
        private int _day;
        private long _limit = 30;
        private int _born;
        private bool _hasCrashed;
        private bool _hadTwoLeaders;

        public World()
        {
            _leader = new Leader(_store);
            AddPod();
            AddPod();
        }

        private QuotaWindow Window => new($"2026-11-{_day + 1:00}", new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero).AddDays(_day), new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero).AddDays(_day));

        public void Do(int step, int which, int size)
        {
            ModelPod pod = _pods[which % _pods.Count];
            Leader leader = which % 7 == 0 && _deposed is not null ? _deposed : _leader;
            switch (step)
            {
                case < 25:
                    Answer(pod, size);
                    break;
                case < 40:
                    _out.Add((pod, leader.Instructions(pod)));
                    break;
                case < 55 when _out.Count > 0:
                    (ModelPod to, QuotaInstructions words) = _out[which % _out.Count];
                    if (size % 4 != 0)
                    {
                        _out.Remove((to, words));
                    }

                    if (_pods.Contains(to))
                    {
                        to.Hear(words);
                        _back.Add((to, to.TellAnew(size), leader));
                    }

                    break;
                case < 68 when _back.Count > 0:
                    (ModelPod from, QuotaReport report, Leader toldTo) = _back[which % _back.Count];
                    if (size % 4 != 0)
                    {
                        _back.Remove((from, report, toldTo));
                    }

                    toldTo.Take(from, report);
                    break;
                case < 80:
                    Write(leader, size);
                    break;
                case < 82 when _out.Count > 0:
                    _out.RemoveAt(which % _out.Count);
                    break;
                case < 84 when _back.Count > 0:
                    _hasCrashed |= _back[which % _back.Count].Words.IsFinal;
                    _back.RemoveAt(which % _back.Count);
                    break;
                case 84 when _pods.Count < 4:
                    AddPod();
                    break;
                case 85:
                    Crash(pod, size);
                    break;
                case 86 when _pods.Count > 1:
                    pod.End();
                    _pods.Remove(pod);
                    _leader.Take(pod, pod.TellAnew(0));
                    _leader.EndGone(uid => _pods.Exists(other => other.Uid == uid));
                    break;
                case 87 when _store.Status is not null || _store.Version == 0:
                    _deposed = _leader;
                    _leader = new Leader(_store);
                    break;
                case 88:
                    _day++;
                    break;
                case 89:
                    pod.EndPeriod();
                    break;
                case 90:
                    _limit = Math.Max(0, _limit + size - 20);
                    break;
                case 91 when _deposed is null && _leader.Books.Ledger.Serial > 0 && _leader.HasWrittenLast:
                    // Somebody clears the status by hand while the leader knows better.
                    _store.Clear();
                    break;
                case 92 when _day > 0:
                    // A clock goes back.
                    _day--;
                    break;
            }
        }

        public void CheckNeverOver()
        {
            foreach ((string day, long answered) in _answered)
            {
                Assert.True(answered <= _allowed.GetValueOrDefault(day), $"{answered} calls were answered in {day}, {_allowed.GetValueOrDefault(day)} allowed");
            }
        }

        public void ComeToRest()
        {
            _deposed = null;
            _out.Clear();
            foreach (ModelPod pod in _pods)
            {
                pod.EndPeriod();
            }

            _day += 20;
            _leader.EndGone(uid => _pods.Exists(other => other.Uid == uid));
            for (int round = 0; round < 5 || (round < 400 && !_pods.TrueForAll(static pod => pod.IsRefused)); round++)
            {
                foreach (ModelPod pod in _pods)
                {
                    pod.Hear(_leader.Instructions(pod));
                    _leader.Take(pod, pod.TellAnew(pod.Uid.Length));
                    Write(_leader, 1);
                    Write(_leader, 1);
                }

                foreach (ModelPod pod in _pods)
                {
                    Answer(pod, 2);
                }
            }

            Assert.True(_pods.TrueForAll(static pod => pod.IsRefused), $"a pod never hears that the limit is reached: {Told()}");
        }

        public void CheckExact()
        {
            // A process that ended without a word takes along what it held, and what it was granted before anybody knew.
            QuotaLedger ledger = _leader.Books.Ledger;
            long answered = _answered.GetValueOrDefault(Window.Name);
            Assert.True(answered == ledger.Used && answered + ledger.Lost == _limit, $"{answered} of {_limit} calls were answered: {Told()}");
            Assert.True(_hasCrashed || _hadTwoLeaders || ledger.Lost == 0, $"calls are lost, and nothing crashed: {Told()}");
            if (_hadTwoLeaders)
            {
                // What one heard last may be unknown to the other, and counts as answered.
                return;
            }

            foreach (PeriodUsage past in ledger.History)
            {
                long then = _answered.GetValueOrDefault(past.Period);
                Assert.True(past.Used <= then && then <= past.Used + (past.Lost ?? 0) + (_hasCrashed ? then : 0), $"{past.Period}: {past.Used} told, {then} answered: {Told()}");
            }
        }

        private string Told() => string.Join(
            '\n',
            _pods.Select(static pod => JsonSerializer.Serialize(pod.TellAnew(0), RuntimeJson.Default.QuotaReport))
                .Append(JsonSerializer.Serialize(QuotaStatusBuilder.Build(_leader.Books.Ledger), ResourceJson.Default.MockQuotaStatus)));

        private void AddPod() => _pods.Add(new ModelPod($"pod-{++_born}", $"process-{_born}"));

        private void Answer(ModelPod pod, int calls)
        {
            for (int call = 0; call < calls && pod.TryAnswer(out string day); call++)
            {
                _answered[day] = _answered.GetValueOrDefault(day) + 1;
            }
        }

        private void Crash(ModelPod pod, int size)
        {
            _hasCrashed = true;
            _pods.Remove(pod);
            if (size % 2 == 0)
            {
                // The container starts again in the same pod.
                _pods.Add(new ModelPod(pod.Uid, $"process-{++_born}"));
                return;
            }

            AddPod();
            _leader.EndGone(uid => _pods.Exists(other => other.Uid == uid));
        }

        private void Write(Leader leader, int size)
        {
            if (!leader.HasRead)
            {
                leader.Read();
            }

            QuotaDraft? draft = leader.Books.Draft(Window, _limit) ?? (size % 3 == 0 || leader.Books.IsUnwritten ? leader.Books.DraftAsItStands() : null);
            if (draft is null)
            {
                return;
            }

            string day = draft.Ledger.Window!.Name;
            _allowed[day] = Math.Max(_allowed.GetValueOrDefault(day), draft.Ledger.Limit);
            bool reaches = size % 5 != 0 || size == 0;
            bool isStored = reaches && _store.TryWrite(leader.Version, draft, out leader.Version);
            _hadTwoLeaders |= isStored && leader == _deposed;
            if (isStored && size % 11 != 10)
            {
                leader.Books.Written(draft);
            }
            else
            {
                // Refused, or nobody knows.
                leader.Read();
            }
        }
    }

    private sealed class Leader(Store store)
    {
        private readonly Dictionary<string, string> _instances = [];

        public QuotaBooks Books { get; } = new("quota-uid");

        public bool HasRead { get; private set; }

        public long Version;

        public bool HasWrittenLast => Version == store.Version;

        public void Read()
        {
            HasRead = true;
            Books.Adopt(store.Status);
            Version = store.Version;
        }

        public QuotaInstructions Instructions(ModelPod pod)
        {
            string? instance = _instances.GetValueOrDefault(pod.Uid);
            return new QuotaInstructions
            {
                Mock = ModelPod.Mock,
                Instance = instance,
                Quotas = Books.InstructionFor(ModelPod.Mock, instance, DateTimeOffset.UnixEpoch) is { } one ? [one] : [],
            };
        }

        public void Take(ModelPod pod, QuotaReport report)
        {
            if (!HasRead)
            {
                Read();
            }

            // Whoever follows a pod asks one thing after the other: what a process before this one said never comes later.
            if (_instances.TryGetValue(pod.Uid, out string? known) && Born(known) > Born(report.Instance))
            {
                return;
            }

            _instances[pod.Uid] = report.Instance;
            Books.Take(ModelPod.Mock, pod.Uid, report);
        }

        private static int Born(string instance) => int.Parse(instance.AsSpan("process-".Length), System.Globalization.CultureInfo.InvariantCulture);

        public void EndGone(Func<string, bool> isThere)
        {
            if (!HasRead)
            {
                Read();
            }

            Books.EndGone(isThere);
        }
    }

    private sealed class Store
    {
        private string? _json;

        public long Version { get; private set; }

        public MockQuotaStatus? Status => _json is null ? null : JsonSerializer.Deserialize(_json, ResourceJson.Default.MockQuotaStatus);

        public bool TryWrite(long version, QuotaDraft draft, out long now)
        {
            if (version == Version)
            {
                _json = JsonSerializer.Serialize(QuotaStatusBuilder.Build(draft.Ledger), ResourceJson.Default.MockQuotaStatus);
                now = ++Version;
                return true;
            }

            now = version;
            return false;
        }

        public void Clear()
        {
            _json = null;
            Version++;
        }
    }
}
