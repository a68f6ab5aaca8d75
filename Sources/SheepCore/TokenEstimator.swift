package struct TokenEstimator {
  package init() {}; package mutating func feed(_ b: UnsafeRawBufferPointer) {}; package var tokens: Int { 0 }
}
