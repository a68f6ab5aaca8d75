import CCurl

/// The functions that libcurl calls. They capture nothing and belong to no actor; each finds
/// its object by the context pointer, which is never retained: the loop keeps its transfers,
/// and takes its own callbacks away before it goes.
enum CurlCallbacks {
  /// Sets one of the functions of a transfer.
  static func set(
    _ callback: CurlSetting.Callback, for option: CURLoption, on easy: UnsafeMutableRawPointer
  ) -> CURLcode {
    switch callback {
    case .body:
      sheep_easy_set_receiver(easy, option) { bytes, size, count, context in
        CurlCallbacks.receive(bytes, size &* count, context) { $0.receiveBody($1) }
      }
    case .header:
      sheep_easy_set_receiver(easy, option) { bytes, size, count, context in
        CurlCallbacks.receive(bytes, size &* count, context) { $0.receiveHeader($1) }
      }
    case .beforeSending:
      sheep_easy_set_prereq(easy) { context, _, _, _, _ in
        guard let context else { return CURL_PREREQFUNC_ABORT }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        return transfer.willSend() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
      }
    case .tlsContext: sheep_easy_set_tls_watch(easy, option)
    }
  }

  /// Any other number than the count of bytes ends the transfer; 0 would not when the count
  /// is 0, which libcurl uses for empty bodies.
  @inline(__always)
  private static func receive(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ body: (CurlTransfer, UnsafeRawBufferPointer) -> Bool
  ) -> Int {
    guard let context, count > 0 else { return count }
    return Unmanaged<CurlTransfer>.fromOpaque(context)._withUnsafeGuaranteedRef { transfer in
      body(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }
  }

  /// Sets the functions by which libcurl asks a loop for sockets and time.
  static func set(on multi: UnsafeMutableRawPointer, loop: CurlLoop) -> CURLMcode {
    sheep_multi_set_callbacks(
      multi,
      { _, socket, what, context, _ in
        guard let context else { return 0 }
        let loop = Unmanaged<CurlLoop>.fromOpaque(context).takeUnretainedValue()
        // Anything but 0 makes libcurl give up, which the loop then reports.
        return loop.watch(socket: socket, for: what) ? 0 : -1
      },
      { _, milliseconds, context in
        guard let context else { return 0 }
        Unmanaged<CurlLoop>.fromOpaque(context).takeUnretainedValue().setTimeout(milliseconds)
        return 0
      },
      Unmanaged.passUnretained(loop).toOpaque())
  }

  /// Takes a loop's functions away.
  static func unset(on multi: UnsafeMutableRawPointer) {
    _ = sheep_multi_set_callbacks(multi, nil, nil, nil)
  }
}
