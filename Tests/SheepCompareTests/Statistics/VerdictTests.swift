import SheepCompare
import Testing

@Suite("verdicts")
struct VerdictTests {
  /// Values around `center` that repeat every seven rounds.
  private static func values(_ center: Double, rounds: Int) -> [Double?] {
    (0..<rounds).map { center * (1 + 0.01 * Double(($0 * 3) % 7)) }
  }

  @Test("the words", arguments: [(2.0, Verdict.Word.slower), (0.5, .faster), (1.03, .negligible)])
  func words(factor: Double, word: Verdict.Word) throws {
    let base = Self.values(100, rounds: 12)
    let other = base.map { $0.map { $0 * factor } }
    let verdicts = Verdict.all([base, other], baseline: 0)
    #expect(verdicts[0] == nil)
    #expect(try #require(verdicts[1]).word == word)
  }

  @Test("no verdict below six complete pairs", arguments: [1, 5])
  func tooFew(rounds: Int) throws {
    let base = Self.values(100, rounds: rounds)
    let verdict = try #require(Verdict.all([base, base.map { $0.map { $0 * 9 } }], baseline: 0)[1])
    #expect(verdict.word == .undecided && verdict.low == 0 && verdict.high == .infinity)
  }

  @Test("nothing is called a tie where no result could have been a difference")
  func tooFewForSeveral() {
    func words(rounds: Int) -> [Verdict.Word] {
      let base = Self.values(100, rounds: rounds)
      return Verdict.all([base, base.map { $0.map { $0 * 9 } }, base.map { $0.map { $0 / 9 } }], baseline: 0)
        .compactMap { $0?.word }
    }
    #expect(words(rounds: 6) == [.undecided, .undecided])
    #expect(words(rounds: 7) == [.slower, .faster])
  }

  @Test("failures do not make pairs complete")
  func incomplete() throws {
    var failing = Self.values(100, rounds: 8)
    failing.replaceSubrange(0..<3, with: [nil, nil, nil])
    let verdict = try #require(Verdict.all([Self.values(100, rounds: 8), failing], baseline: 0)[1])
    #expect(verdict.word == .undecided && verdict.completePairs == 5)
  }

  @Test("word and interval agree, however many targets there are")
  func agreement() throws {
    let base = Self.values(100, rounds: 10)
    let targets = [base] + (0..<8).map { index in base.map { $0.map { $0 * (1 + Double(index) / 20) } } }
    for verdict in Verdict.all(targets, baseline: 0).compactMap({ $0 }) {
      let holdsOne = (verdict.low...verdict.high).contains(1)
      #expect(holdsOne == (verdict.word == .tied))
    }
  }

  @Test("more comparisons need more rounds", arguments: [(1, 6), (2, 7), (3, 7), (4, 8), (49, 11)])
  func leastRounds(comparisons: Int, rounds: Int) {
    #expect(Resolution.leastRounds(comparisons: comparisons) == rounds)
    let tail = 0.025 / Double(comparisons)
    #expect(SignedRankDistribution(pairs: rounds).criticalSum(tail: tail) >= 0)
    #expect(SignedRankDistribution(pairs: rounds - 1).criticalSum(tail: tail) < 0)
  }

  @Test(
    "the resolution is near the simulated one",
    arguments: [(10, 0.15, 0.20), (20, 0.15, 0.12), (10, 0.25, 0.31), (20, 0.25, 0.20), (20, 0.5, 0.40)])
  func resolution(rounds: Int, variation: Double, simulated: Double) throws {
    let expected = try #require(Resolution.expected(rounds: rounds, variation: variation))
    #expect(abs(expected - simulated) < 0.1 * simulated + 0.01)
    #expect(Resolution.expected(rounds: 5) == nil)
  }

  @Test("percentiles are interpolated, and the 95th needs 72 values")
  func percentiles() {
    let sample = Sample([4, 1, 3, 2, .infinity, .nan])
    #expect(sample.count == 4 && sample.median == 2.5 && sample.percentile(0.25) == 1.75)
    #expect(sample.percentile(0) == 1 && sample.percentile(1) == 4 && sample.percentile95 == nil)
    #expect(Sample((1...71).map(Double.init)).percentile95 == nil)
    #expect(Sample((0...100).map(Double.init)).percentile95 == 95)
    #expect(Sample([]).median == nil && Sample([]).mean == nil)
    #expect(Sample([1]).coefficientOfVariation == nil)
  }

  @Test("outliers are far from the median by the spread of the others")
  func outliers() {
    let sample = Sample([10, 11, 9, 10.5, 9.5, 10.2, 100])
    #expect(sample.outliers == 1 && sample.isOutlier(100) && !sample.isOutlier(11))
    #expect(Sample([5, 5, 5, 6]).outliers == 0, "without spread there is no rule")
  }

  @Test("only what is surely worse is dominated")
  func front() {
    let cost = [1.0, 2, 2, 3]
    let time = [5.0, 1, 1.02, 0.5]
    func relation(_ values: [Double]) -> (Int, Int) -> ParetoFront.Relation {
      { target, other in
        let ratio = values[target] / values[other]
        return ratio > 1.05 ? .worse : ratio < 1 / 1.05 ? .better : .tied
      }
    }
    #expect(ParetoFront.members(count: 4, axes: [relation(cost), relation(time)]) == [0, 1, 2, 3])
    let slow = [5.0, 1, 4, 0.5]
    #expect(ParetoFront.members(count: 4, axes: [relation(cost), relation(slow)]) == [0, 1, 3])
    let unknown = ParetoFront.members(count: 2, axes: [{ _, _ in .unknown }, { $0 < $1 ? .worse : .better }])
    #expect(unknown == [0, 1], "what is unknown is not dominated")
  }

  @Test("the order depends on the seed alone")
  func order() {
    var first = RoundShuffler(seed: 7)
    var second = RoundShuffler(seed: 7)
    let orders = (0..<20).map { _ in first.order(of: 5) }
    #expect(orders == (0..<20).map { _ in second.order(of: 5) })
    #expect(Set(orders).count > 10)
    #expect(orders.allSatisfy { $0.sorted() == [0, 1, 2, 3, 4] })
    // The first outputs of the reference implementation for this seed.
    var reference = RoundShuffler(seed: 1_234_567)
    #expect(reference.next() == 6_457_827_717_110_365_317)
    #expect(reference.next() == 3_203_168_211_198_807_973)
  }

  @Test("every place is equally likely")
  func fair() {
    var shuffler = RoundShuffler(seed: 3)
    var firsts = [0, 0, 0]
    for _ in 0..<3000 { firsts[shuffler.order(of: 3)[0]] += 1 }
    #expect(firsts.allSatisfy { (900...1100).contains($0) })
  }
}
