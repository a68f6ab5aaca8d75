package import SheepCore

/// Look-ups and connections that come out as a test says, on the clock of its loop.
package final class ScriptedNetwork: NetworkProbe {
  /// What looking up comes to; a family without an entry has no address.
  package var names: [AddressFamily: NameAnswer] = [:]
  /// What connecting to an address comes to; without an entry it works after a millisecond.
  package var connections: [String: ConnectAnswer] = [:]
  /// Hosts that the transport reads otherwise than they are written, by their spelling.
  package var hosts: [String: String] = [:]
  /// What was asked, in order: `A api.example.com`, `192.0.2.1:443`.
  package private(set) var asked: [String] = []
  private let loop: any EventLoop

  /// A network where every name has one address of version 4.
  package init(loop: any EventLoop) {
    self.loop = loop
    names[.ipv4] = NameAnswer(addresses: ["192.0.2.1"], time: .milliseconds(3))
  }

  package func host(of url: String) throws(Failure) -> URLHost {
    let parts = url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
    let written = String(parts.count == 3 ? parts[2].prefix { $0 != "/" } : "")
    return URLHost(name: hosts[written] ?? written)
  }

  package func resolve(
    _ host: String, _ family: AddressFamily, limit: Duration, then: @escaping (NameAnswer) -> Void
  ) {
    asked.append("\(family.recordType) \(host)")
    let answer = names[family] ?? NameAnswer(problem: .noAddress, time: .milliseconds(2))
    _ = loop.schedule(at: loop.now + answer.time) { then(answer) }
  }

  package func connect(
    to address: String, port: UInt16, limit: Duration, then: @escaping (ConnectAnswer) -> Void
  ) {
    asked.append("\(address):\(port)")
    let answer = connections[address] ?? ConnectAnswer(time: .milliseconds(1))
    _ = loop.schedule(at: loop.now + answer.time) { then(answer) }
  }
}
