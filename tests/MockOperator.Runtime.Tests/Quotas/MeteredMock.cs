using Microsoft.Extensions.Time.Testing;
using MockOperator.Resources;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Tests.Quotas;

/// <summary>A meter with one quota, and what an operator says to it.</summary>
internal sealed class MeteredMock
{
    public const string Instance = "this-process";
    public const string Uid = "u1";

    public MeteredMock(ExhaustedGrant onExhausted = ExhaustedGrant.Refuse)
    {
        Meter = new CallMeter(Instance, Time);
        Meter.Follow([Reference(Uid, onExhausted)]);
    }

    public FakeTimeProvider Time { get; } = new();

    public CallMeter Meter { get; }

    public static QuotaReference Reference(string uid, ExhaustedGrant onExhausted = ExhaustedGrant.Refuse) => new() { Name = "shop-calls", Uid = uid, OnExhaustedGrant = onExhausted };

    public static QuotaInstruction Grant(long granted, string period = "2026-11", long limit = 100) =>
        new() { Quota = Uid, Period = period, EndsInMilliseconds = 3_600_000, Granted = granted, Limit = limit, Remaining = limit };

    public static QuotaInstructions Say(long heard, params QuotaInstruction[] quotas) => new() { Mock = "petstore", Instance = Instance, Heard = heard, Quotas = quotas };

    /// <summary>An exchange that is answered at once.</summary>
    public static QuotaReport Exchange(CallMeter meter, QuotaInstructions said)
    {
        Task<QuotaReport> exchange = meter.ExchangeAsync(said, CancellationToken.None);
        Assert.True(exchange.IsCompleted);
        return exchange.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Exchange(CallMeter, QuotaInstructions)"/>
    public QuotaReport Exchange(long heard, params QuotaInstruction[] quotas) => Exchange(Meter, Say(heard, quotas));

    public bool TryTake() => Meter.TryTake(Time.GetTimestamp()) is not null;

    public int TakeAll()
    {
        int taken = 0;
        while (TryTake())
        {
            taken++;
        }

        return taken;
    }
}
