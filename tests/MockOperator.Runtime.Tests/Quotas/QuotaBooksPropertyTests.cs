using CsCheck;

namespace MockOperator.Runtime.Tests.Quotas;

public sealed class QuotaBooksPropertyTests
{
    [Fact]
    public void Whatever_is_lost_late_or_doubled_never_more_is_answered_than_the_limit_and_exactly_so_many_in_the_end() =>
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 1000]).Array[0, 120].Sample(
            static steps =>
            {
                var model = new ModelOfExchanges();
                foreach ((int step, int argument) in steps)
                {
                    model.Do(step, argument);
                }

                model.ComeToRest();
            },
            iter: 3_000);
}
