public import FTPProtocol

/// How the gateway behaves. Times and limits keep one client from standing in the way of the others; what is inside an
/// upload is not the gateway's business.
public struct GatewayConfiguration: Sendable {
    /// The name in the greeting.
    public var serviceName: String
    /// The address PASV announces. `nil` announces the one the client connected to, which is wrong behind NAT.
    public var passiveAddress: IPv4Octets?
    /// Where data connections are expected: a range to open in a firewall.
    public var passivePorts = PassivePorts.any

    /// Whether PORT and EPRT are taken. Off, as the walls then keep the gateway from connecting to anybody; every client
    /// has a passive mode, and few networks let an active one through.
    public var offersActiveMode = false

    /// Addresses of web servers in front of the HTTP door, which tell their clients' own in X-Forwarded-For. By default this
    /// machine's.
    public var trustedProxies = ["127.0.0.1", "::1"].compactMap(NetworkAddress.init)

    /// How long nobody may say anything, outside of transfers. dput and dupload pause for less than a second; a person
    /// at lftp thinks for minutes.
    public var idleTimeout = Duration.seconds(300)
    /// How long a data connection may be silent: a slow line stays, a dead one goes.
    public var dataTimeout = Duration.seconds(120)
    /// How long to wait for the client at the data port; it has only to connect.
    public var connectTimeout = Duration.seconds(20)
    /// How long the intake may take for a verdict, counted from the end of the transfer. dput-ng gives up at 10 s.
    public var verdictTimeout = Duration.seconds(7)
    /// How long the intake may take to say what a path means: it only looks names up.
    public var targetTimeout = Duration.seconds(4)

    /// Nothing is taken over connections in clear.
    public var isTLSRequired = false
    /// How long a TLS handshake may take: a few round trips and one signature.
    public var handshakeTimeout = Duration.seconds(20)

    /// How long a transfer under way may still take when the service stops. No service manager waits much longer.
    public var stopTimeout = Duration.seconds(20)

    /// How long a client may take for its first USER: 1,000 that never log in must not fill the house.
    public var loginTimeout = Duration.seconds(60)
    /// How long a session may take in all; the largest upload over the slowest line in use is done by then.
    public var sessionTimeLimit = Duration.seconds(6 * 3600)
    /// How long a folder may lie in `incoming` without a change before it is handed over as left behind, for example because
    /// the disk was full at the end of its session. Longer than a session.
    public var leftoverAge = Duration.seconds(24 * 3600)
    /// How often that is looked for.
    public var sweepInterval = Duration.seconds(3600)

    /// Sessions at a time from one address (IPv6: one /64). An office behind one address has fewer people at dput.
    public var sessionsPerAddress = 100
    /// Connections in a minute from one address. A script that uploads a hundred packages makes a hundred.
    public var connectionsPerMinute = 300
    /// Whether the two hold for clients on this machine, which are the admin's own, or come by way of a proxy.
    public var countsLoopback = false
    /// Commands in a second, with some seconds' worth in advance. A client that sends more is heard later, not sent away.
    public var commandsPerSecond = 100
    /// Bytes in a second that a transfer has to bring, on average over `lowestRateTime`: less is no line that exists, but
    /// somebody who wants to keep us waiting.
    public var lowestRate = 128
    /// A line may break down for less than that.
    public var lowestRateTime = Duration.seconds(60)
    /// Bytes in a command line: an upload path and a file name of 255 bytes each stay far below it.
    public var lineLimit = LineFramer.standardLimit
    /// How deep an upload path, and how long a file's name may be.
    public var names = NameLimits()
    /// Bytes in the head of an HTTP request: a client sends some hundred, a proxy adds as many.
    public var headLimit = 16 << 10

    /// Sessions at a time. Each takes 13 KiB and up to seven descriptors, and far more memory while it transfers.
    public var sessionLimit = 1000
    /// Bytes in a file: the largest sources in Debian have orig files of some 2 GB.
    public var fileSizeLimit: Int64 = 8 << 30
    /// Bytes in a `.changes` or command file, which is read whole for its signature: thousands of files fit in less.
    public var textSizeLimit: Int64 = 4 << 20
    /// Free bytes on the disk below which nothing is taken: the catalog and the archives are on it, too.
    public var freeSpaceFloor: Int64 = 1 << 30
    /// Bytes in a session: a few such uploads.
    public var sessionSizeLimit: Int64 = 16 << 30
    /// Files in a session. The largest uploads have some hundreds.
    public var sessionFileLimit = 5000

    /// Threads that write files. More do not help a disk, fewer let one slow write hold up the others.
    public var diskThreads = 8

    public init(serviceName: String) {
        self.serviceName = serviceName
    }
}
