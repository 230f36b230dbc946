using MockOperator.Resources;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Tests.Quotas;

public sealed class CallMeterConcurrencyTests
{
    private const int Threads = 4;

    [Fact]
    public void Exactly_as_many_calls_are_taken_as_are_granted_however_many_threads_take()
    {
        const long Limit = 50_000;
        var meter = new CallMeter(MeteredMock.Instance, TimeProvider.System);
        meter.Follow([MeteredMock.Reference(MeteredMock.Uid), MeteredMock.Reference("u2")]);
        long answered = 0;
        bool isOver = false;
        Thread[] callers = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() => Call(number)))];
        Array.ForEach(callers, static caller => caller.Start());

        long heard = 0;
        long granted = 0;
        long returned = 0;
        QuotaReport report;
        do
        {
            // What comes back is granted again.
            granted += Math.Min(Limit - granted + returned, 501);
            report = Exchange(granted, granted % 5 == 0 ? 3 : null);
            Assert.All(report.Meters!, static meter => Assert.True(meter.Unspent >= 0));
            heard = report.Sequence;
            returned = report.Meters![0].Returned;
        }
        while (Volatile.Read(ref answered) < Limit);

        Volatile.Write(ref isOver, true);
        Array.ForEach(callers, static caller => caller.Join());
        Assert.Equal(Limit, answered);
        report = Exchange(granted, null);
        Assert.Equal((Limit, 0), (report.Meters![0].Granted - report.Meters[0].Returned, report.Meters[0].Unspent));

        QuotaReport Exchange(long calls, long? keep) => MeteredMock.Exchange(
            meter, MeteredMock.Say(heard, MeteredMock.Grant(calls) with { Keep = keep }, MeteredMock.Grant(MockQuotaSpec.MaxCalls) with { Quota = "u2" }));

        void Call(int number)
        {
            for (int call = number; !Volatile.Read(ref isOver); call++)
            {
                if (meter.TryTake(TimeProvider.System.GetTimestamp()) is not { } taken)
                {
                    continue;
                }

                // Some are refused after all.
                if (call % 3 == 0)
                {
                    CallMeter.GiveBack(taken);
                }
                else
                {
                    Interlocked.Increment(ref answered);
                }
            }
        }
    }

    [Fact]
    public void Nothing_is_taken_from_what_is_closed_and_everything_is_accounted_for()
    {
        for (int round = 0; round < 50; round++)
        {
            var meter = new CallMeter(MeteredMock.Instance, TimeProvider.System);
            meter.Follow([MeteredMock.Reference(MeteredMock.Uid)]);
            MeteredMock.Exchange(meter, MeteredMock.Say(0, MeteredMock.Grant(1_000_000)));
            long[] answered = new long[Threads];
            using var ready = new CountdownEvent(Threads);
            Thread[] callers = [.. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
            {
                ready.Signal();
                while (meter.TryTake(TimeProvider.System.GetTimestamp()) is not null)
                {
                    answered[number]++;
                }
            }))];
            Array.ForEach(callers, static caller => caller.Start());
            ready.Wait(TestContext.Current.CancellationToken);
            meter.End();
            QuotaMeterReport told = MeteredMock.Exchange(meter, MeteredMock.Say(1)).Meters!.Single();
            Array.ForEach(callers, static caller => caller.Join());
            Assert.Equal(answered.Sum(), told.Granted - told.Returned - told.Unspent);
            Assert.Equal(0, told.Unspent);
        }
    }
}
