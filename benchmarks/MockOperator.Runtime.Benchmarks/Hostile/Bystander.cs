using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MockOperator.Runtime.Benchmarks.Hostile;

/// <summary>An ordinary caller on a thread of its own: asks, reads the whole answer, waits a little, asks again; over a new connection each time, as a probe does, or over one.</summary>
internal sealed class Bystander : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly Lock _lock = new();
    private readonly List<double> _milliseconds = [];
    private readonly Thread _thread;
    private readonly byte[] _request;
    private readonly int _port;
    private readonly bool _connectsAnew;
    private int _failed;
    private volatile bool _ended;

    public Bystander(int port, string request, bool connectsAnew)
    {
        _port = port;
        _request = Encoding.Latin1.GetBytes(request);
        _connectsAnew = connectsAnew;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Takes what was measured since the last time.</summary>
    public Calls Take()
    {
        lock (_lock)
        {
            double[] sorted = [.. _milliseconds.Order()];
            var calls = new Calls(sorted.Length, _failed, sorted.Length == 0 ? double.NaN : sorted[(int)(0.99 * (sorted.Length - 1))], sorted.LastOrDefault(double.NaN));
            _milliseconds.Clear();
            _failed = 0;
            return calls;
        }
    }

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
    }

    private void Run()
    {
        Socket? socket = null;
        byte[] buffer = new byte[64 * 1024];
        while (!_ended)
        {
            long begun = Stopwatch.GetTimestamp();
            bool isAnswered = false;
            try
            {
                socket ??= Connect();
                isAnswered = Call(socket, buffer);
            }
            catch (SocketException)
            {
                // Counted below.
            }

            double took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            lock (_lock)
            {
                _milliseconds.Add(took);
                _failed += isAnswered ? 0 : 1;
            }

            if (_connectsAnew || !isAnswered)
            {
                socket?.Dispose();
                socket = null;
            }

            Thread.Sleep(Pause);
        }

        socket?.Dispose();
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 10_000, SendTimeout = 10_000 };
        socket.Connect(IPAddress.Loopback, _port);
        return socket;
    }

    private bool Call(Socket socket, byte[] buffer)
    {
        socket.Send(_request);
        int length = 0;
        while (length < buffer.Length)
        {
            int read = socket.Receive(buffer, length, buffer.Length - length, SocketFlags.None);
            length += read;
            string text = Encoding.Latin1.GetString(buffer, 0, length);
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (end >= 0 && length >= end + 4 + ContentLength(text)))
            {
                return text.StartsWith("HTTP/1.1 200", StringComparison.Ordinal);
            }
        }

        return false;
    }

    private static int ContentLength(string head)
    {
        const string Name = "Content-Length: ";
        int start = head.IndexOf(Name, StringComparison.Ordinal);
        if (start >= 0)
        {
            return int.Parse(head.AsSpan(start + Name.Length, head.IndexOf('\r', start) - start - Name.Length), System.Globalization.CultureInfo.InvariantCulture);
        }

        // Chunked: there is an end of its own.
        return head.EndsWith("0\r\n\r\n", StringComparison.Ordinal) ? 0 : int.MaxValue / 2;
    }
}
