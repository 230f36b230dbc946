using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MockOperator.Runtime.Benchmarks.Hostile;

/// <summary>Hostile clients: each sends what it is given and then neither reads nor closes. Those that are cut off come again until the crowd goes.</summary>
internal sealed class Crowd : IDisposable
{
    private readonly List<Socket> _clients = [];
    private readonly Func<int, byte[]> _words;
    private readonly int _port;

    private Crowd(int port, Func<int, byte[]> words)
    {
        _port = port;
        _words = words;
    }

    /// <summary>Clients that came again after they were cut off.</summary>
    public int Returned { get; private set; }

    public static Crowd Gather(int port, int clients, string words) => Gather(port, clients, words.Length == 0 ? [] : Encoding.Latin1.GetBytes(words));

    public static Crowd Gather(int port, int clients, byte[] words) => Gather(port, clients, _ => words);

    public static Crowd Gather(int port, int clients, Func<int, byte[]> words)
    {
        var crowd = new Crowd(port, words);
        for (int number = 0; number < clients; number++)
        {
            crowd._clients.Add(crowd.Come(number));
        }

        return crowd;
    }

    /// <summary>Whoever was cut off connects again.</summary>
    public void Return()
    {
        for (int number = 0; number < _clients.Count; number++)
        {
            if (IsCutOff(_clients[number]))
            {
                _clients[number].Dispose();
                _clients[number] = Come(number);
                Returned++;
            }
        }
    }

    public void Dispose() => _clients.ForEach(static client => client.Dispose());

    private static bool IsCutOff(Socket client)
    {
        try
        {
            // Readable with nothing to read: closed. What is to be read of an answer is left where it is.
            return !client.Connected || (client.Poll(0, SelectMode.SelectRead) && client.Available == 0);
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private Socket Come(int number)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096, SendTimeout = 2000 };
        try
        {
            client.Connect(IPAddress.Loopback, _port);
            ReadOnlySpan<byte> words = _words(number);
            while (!words.IsEmpty)
            {
                words = words[client.Send(words)..];
            }
        }
        catch (SocketException)
        {
            // Refused, cut off or not read from: that is its own affair.
        }

        return client;
    }
}
