using CsCheck;
using MockOperator.Runtime.Connections;
using MockOperator.Runtime.Hosting;

namespace MockOperator.Runtime.Tests.Hosting;

public sealed class ConnectionPlacesTests
{
    /// <summary>What the process opens beside connections.</summary>
    private const int Others = 64;

    private static readonly Gen<(int Files, int Mocks, int Inward)> s_wishes =
        Gen.Select(Gen.OneOf(Gen.Int[0, 5000], Gen.Int[0, int.MaxValue]), Gen.OneOf(Gen.Int[1, 5000], Gen.Int[1, 1_000_000]), Gen.Int[1, 256]);

    [Fact]
    public void They_never_are_more_files_than_may_be_open() => s_wishes.Sample(static wish =>
    {
        var places = ConnectionPlaces.Within(wish.Files, wish.Mocks, wish.Inward);
        Assert.InRange(places.Mocks, 1, wish.Mocks);
        Assert.InRange(places.Internal, 1, wish.Inward);
        Assert.True(Files(places) <= Math.Max(wish.Files, Files(new ConnectionPlaces(1, 1))), $"{places} takes {Files(places)} files");
    });

    /// <summary>One more on the port of the mocks would be one too many.</summary>
    [Fact]
    public void None_that_fits_is_kept_back() => s_wishes.Sample(static wish =>
    {
        var places = ConnectionPlaces.Within(wish.Files, wish.Mocks, wish.Inward);
        Assert.True(places.Mocks == wish.Mocks || Files(places with { Mocks = places.Mocks + 1 }) > wish.Files, $"{places} leaves room");
    });

    [Theory]
    [InlineData(1_048_576, 3072, 256, 3072, 256)]
    [InlineData(1024, 3072, 256, 608, 60)]
    [InlineData(512, 3072, 256, 248, 28)]
    public void Few_files_are_fewer_connections(int files, int mocks, int inward, int expectedMocks, int expectedInward) =>
        Assert.Equal(new ConnectionPlaces(expectedMocks, expectedInward), ConnectionPlaces.Within(files, mocks, inward));

    private static long Files(ConnectionPlaces places) => Others + ConnectionTable.AliveAtMost(places.Mocks) + (3L * ConnectionTable.AliveAtMost(places.Internal));
}
