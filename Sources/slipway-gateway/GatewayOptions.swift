internal import ArgumentParser
internal import FTPProtocol
internal import Gateway
internal import Glibc

struct GatewayOptions: ParsableArguments {
    @Option(help: "The folder with incoming/ and landed/; the gateway's whole world.")
    var jail: String

    @Option(
        name: .customLong("listen"), help: "HOST:PORT to listen at; may be repeated. Port 0 lets the system choose.")
    var listen: [String] = []

    @Option(
        name: .customLong("listen-http"),
        help: "HOST:PORT that takes uploads by HTTP PUT, for a web server in front; may be repeated.")
    var listenHTTP: [String] = []

    @Option(
        name: .customLong("listen-https"),
        help: "HOST:PORT that takes uploads by HTTPS PUT, with the certificate of --listen-tls; may be repeated.")
    var listenHTTPS: [String] = []

    @Option(
        name: .customLong("trusted-proxy"),
        help: "The address of a web server in front, whose X-Forwarded-For is believed; by default this machine's.",
        transform: networkAddress)
    var trustedProxies: [NetworkAddress] = []

    @Option(help: "The user to become when started as root.")
    var user = "slipway-gateway"

    @Option(help: "The group to take when started as root; by default the user's own.")
    var group: String?

    @Option(help: "The service's name in the greeting; by default the machine's.")
    var name: String?

    @Option(help: "Ports for data connections, for example 50000-50099; by default any.", transform: passivePorts)
    var passivePorts = PassivePorts.any

    @Option(help: "The IPv4 address PASV announces; by default the one the client came to.", transform: address)
    var passiveAddress: IPv4Octets?

    @Flag(help: "Take PORT and EPRT, too. The gateway may then connect out, to its clients' own addresses.")
    var activeMode = false

    @Option(help: "Seconds a client may be silent outside of transfers.")
    var idleTimeout = 300

    @Option(help: "Seconds a data connection may be silent.")
    var dataTimeout = 120

    @Option(help: "Seconds to wait for a verdict before it comes by mail; dput-ng gives up at 10.")
    var verdictTimeout = 7

    @OptionGroup var uploads: UploadOptions

    @OptionGroup(title: "TLS")
    var tls: TLSOptions

    @Option(help: "Log from this level on: debug, info, warning, error.")
    var logLevel = "info"

    @OptionGroup var admission: AdmissionOptions

    @Flag(help: "End when standard input closes: for a parent that may not send signals to another user's process.")
    var supervised = false

    @Flag(help: "Lock in, say which walls stand, try them, and end.")
    var explainJail = false

    /// 21 is for root; whoever explains the jail only needs some port.
    var listeningPlaces: [String] {
        listen.isEmpty ? [explainJail ? "127.0.0.1:0" : "0.0.0.0:21"] : listen
    }

    var configuration: GatewayConfiguration {
        var configuration = GatewayConfiguration(serviceName: name ?? Self.hostName)
        configuration.passivePorts = passivePorts
        configuration.passiveAddress = passiveAddress
        configuration.offersActiveMode = activeMode
        if !trustedProxies.isEmpty { configuration.trustedProxies = trustedProxies }
        configuration.idleTimeout = .seconds(idleTimeout)
        configuration.dataTimeout = .seconds(dataTimeout)
        configuration.verdictTimeout = .seconds(verdictTimeout)
        configuration.isTLSRequired = tls.isRequired
        configuration.handshakeTimeout = .seconds(tls.handshakeTimeout)
        admission.configure(&configuration)
        uploads.configure(&configuration)
        return configuration
    }

    func validate() throws {
        guard [idleTimeout, dataTimeout, verdictTimeout].allSatisfy({ (1...(1 << 40)).contains($0) }) else {
            throw ValidationError("Timeouts begin with 1.")
        }
    }

    private static func passivePorts(_ text: String) throws -> PassivePorts {
        guard let ports = PassivePorts(text) else {
            throw ValidationError("\(text) is not a range of ports like 50000-50099.")
        }
        return ports
    }

    private static func address(_ text: String) throws -> IPv4Octets {
        guard let address = IPv4Octets(text) else { throw ValidationError("\(text) is not an IPv4 address.") }
        return address
    }

    private static func networkAddress(_ text: String) throws -> NetworkAddress {
        guard let address = NetworkAddress(text) else { throw ValidationError("\(text) is not an address.") }
        return address
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "slipway" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
