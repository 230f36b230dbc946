namespace MockOperator.Runtime.Tests.Hosting;

/// <summary>Asks a port once, over a connection of its own.</summary>
internal static class PortAsking
{
    public static async Task<string> AskAsync(this int port, string request)
    {
        await using RawSocket socket = await RawSocket.ConnectAsync(port);
        await socket.SendAsync(request);
        return await socket.ReadToEndAsync();
    }
}
