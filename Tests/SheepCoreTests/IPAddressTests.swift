import SheepCore
import Testing

@Suite("IPAddress: one address, however it is spelled")
struct IPAddressTests {
  @Test(
    "addresses in their standard forms are read",
    arguments: [
      ("127.0.0.1", "127 0 0 1"), ("255.255.255.255", "255 255 255 255"),
      ("::", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0"), ("::1", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1"),
      ("1::", "0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0"), ("fe80::abCD", "254 128 0 0 0 0 0 0 0 0 0 0 0 0 171 205"),
      ("1:2:3:4:5:6:7:8", "0 1 0 2 0 3 0 4 0 5 0 6 0 7 0 8"),
      ("1:2:3:4:5:6:1.2.3.4", "0 1 0 2 0 3 0 4 0 5 0 6 1 2 3 4"),
      ("::ffff:1.2.3.4", "0 0 0 0 0 0 0 0 0 0 255 255 1 2 3 4"),
    ])
  func standardForms(text: String, bytes: String) {
    #expect(IPAddress(text)?.bytes.map { "\($0)" }.joined(separator: " ") == bytes)
  }

  @Test(
    "everything else is not an address",
    arguments: [
      "", ".", ":", "1", "127.1", "127.0.0.01", "0x7f.0.0.1", "256.0.0.1", "1.2.3.4.", "1.2.3", "1.2.3.4.5",
      "1.2.3.",
      "+1.2.3.4", "1 .2.3.4", ":1", "1:", ":::", "1::2::3", "12345::", "g::", "+1::", "-1::", "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "::1%lo", "[::1]", "1.2.3.4::", "::1.2.3.4:5",
      "1:2:3:4:5:6:7:1.2.3.4",
    ])
  func refused(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(
    "an address of a private network is known, also inside an IPv6 address",
    arguments: [
      "0.0.0.0", "10.1.2.3", "127.9.9.9", "169.254.169.254", "192.168.0.1", "172.16.0.1", "172.31.255.255",
      "100.64.0.1", "100.127.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fdff::",
      "fe80::1",
      "febf::", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:ffff:a00:1",
      "::127.0.0.1",
      "2002:7f00:1::", "64:ff9b::a00:1",
    ])
  func privateAddresses(text: String) throws {
    #expect(try #require(IPAddress(text)).isPrivate)
  }

  @Test(
    "an address of the internet is not private",
    arguments: [
      "1.1.1.1", "9.255.255.255", "11.0.0.0", "126.0.0.1", "128.0.0.1", "169.253.0.1", "172.15.0.1",
      "172.32.0.1",
      "192.167.0.1", "100.63.0.1", "100.128.0.1", "223.255.255.255", "2606:4700::1", "2001:db8::1", "fbff::",
      "fe00::", "fe7f::1", "::ffff:1.1.1.1", "::2:1.1.1.1", "2002:101:101::", "64:ff9b::101:101",
      "64:ff9b:1::7f00:1",
    ])
  func publicAddresses(text: String) throws {
    #expect(try !#require(IPAddress(text)).isPrivate)
  }

  @Test("only 127.0.0.0/8 and ::1 are loopback")
  func loopback() {
    for text in ["127.0.0.1", "127.255.0.9", "::1", "0:0::0:1"] {
      #expect(IPAddress(text)?.isLoopback == true)
    }
    for text in ["128.0.0.1", "::", "::2", "1::1", "::ffff:127.0.0.1"] {
      #expect(IPAddress(text)?.isLoopback == false)
    }
  }
}
