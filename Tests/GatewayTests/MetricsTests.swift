internal import Foundation
internal import Metrics
internal import SystemPackage
internal import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(10))) struct MetricsTests {
    @Test func thePageIsPrometheusText() {
        let page = MetricsPage()
        let counter = page.makeCounter(label: "c", dimensions: [("a", "x"), ("b", "y")])
        counter.increment(by: 2)
        page.makeCounter(label: "c", dimensions: [("a", "x"), ("b", "y")]).increment(by: 3)
        _ = page.makeCounter(label: "c", dimensions: [("a", "z")])
        let meter = page.makeMeter(label: "m", dimensions: [])
        meter.set(Int64(7))
        meter.decrement(by: 1)
        let timer = page.makeTimer(label: "t", dimensions: [])
        timer.recordNanoseconds(1_500_000_000)
        timer.recordNanoseconds(250_000_000)
        #expect(
            page.text == """
                # TYPE c_total counter
                c_total{a="x",b="y"} 5
                c_total{a="z"} 0
                # TYPE m gauge
                m 6
                # TYPE t_seconds summary
                t_seconds_count 2
                t_seconds_sum 1.75

                """)
    }

    @Test func pagesAddUp() {
        let page = MetricsPage()
        page.makeCounter(label: "c", dimensions: [("a", "x")]).increment(by: 2)
        page.makeTimer(label: "t", dimensions: []).recordNanoseconds(500_000_000)
        let former = """
            1
            lost 1
            # TYPE c_total counter
            c_total{a="x"} 3
            c_total{a="y"} 1
            c_total{a="z"} nan
            c_total
            other 1
            # TYPE t_seconds summary
            t_seconds_sum 1.25
            """
        page.add(former)
        #expect(
            page.text == """
                # TYPE c_total counter
                c_total{a="x"} 5
                c_total{a="y"} 1
                # TYPE t_seconds summary
                t_seconds_count 1
                t_seconds_sum 1.75

                """)
        let copy = MetricsPage()
        copy.add(page.text)
        #expect(copy.text == page.text)
    }

    @Test func whatASessionBroughtIsCounted() async throws {
        let page = MetricsPage()
        try await TestGateway.run(metrics: page) {
            $0.fileSizeLimit = 4
        } _: { gateway in
            try await gateway.upload { client in
                #expect(page.text.contains("slipway_gateway_sessions 1\n"))
                try await client.store("a.dsc", "one", answers: "226 ")
                try await client.store("b.dsc", "more than four", answers: "452 ")
                try await client.store("a.changes", "two", answers: "226")
                try await client.command("PASV", answers: "227 ")
                try await client.command("QUIT", answers: "221 ")
            }
        }
        for line in [
            "slipway_gateway_sessions 0", #"slipway_gateway_sessions_total{door="ftp",ended="quit"} 1"#,
            #"slipway_gateway_files_total{door="ftp"} 2"#, #"slipway_gateway_bytes_total{door="ftp"} 6"#,
            #"slipway_gateway_refusals_total{reason="file-size"} 1"#,
            #"slipway_gateway_verdicts_total{outcome="accepted"} 1"#, "slipway_gateway_verdict_seconds_count 1",
        ] {
            #expect(page.text.contains(line + "\n"), "\(line)\n\(page.text)")
        }
    }

    @Test func whoeverIsTurnedAwayIsCountedWithTheReason() async throws {
        let page = MetricsPage()
        try await TestGateway.run(metrics: page) {
            $0.sessionLimit = 1
        } _: { gateway in
            try await gateway.connect { first in
                try await first.command("NOOP", answers: "200 ")
                try await gateway.connect { second in try await second.reply(begins: "421 ") }
            }
        }
        #expect(page.text.contains(#"slipway_gateway_refusals_total{reason="full"} 1"#), "\(page.text)")
    }

    /// Locked in, the program may write them and nothing else.
    @Test func theProgramWritesThemForEverybody() async throws {
        let jail = try ProgramJail()
        let folder = jail.folder.path.appending("metrics").string
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        chmod(folder, 0o777)
        try jail.folder.write("left by a crash", to: "metrics/.slipway-gateway.new")
        try await jail.serve { program in
            try await TestClient.connect(port: program.port) { client in
                try await client.command("QUIT", answers: "221 ")
            }
            try await program.closeInput()
        }
        let text = try #require(jail.folder.read("metrics/slipway-gateway.prom"))
        #expect(text.contains(#"slipway_gateway_sessions_total{door="ftp",ended="quit"} 1"#), "\(text)")
        #expect(try jail.folder.permissions("metrics/slipway-gateway.prom") == 0o644)
    }
}
