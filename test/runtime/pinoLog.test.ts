import { describe, expect, test } from "vitest";
import { forProbot, type LogLevel, logThrough, pinoLog } from "../../src/platform/pinoLog.js";

const SECRET = "ghs_a_token_nobody_must_read";

function written(level: LogLevel, readable: boolean) {
  const lines: string[] = [];
  const logger = pinoLog(level, readable, { write: (line: string) => lines.push(line) });
  return { lines, logger };
}

describe("the log", () => {
  test("leaves out everything an error carries besides its words", () => {
    for (const readable of [true, false]) {
      const { lines, logger } = written("trace", readable);
      const carrying = Object.assign(new Error("Bad credentials"), {
        request: { headers: { authorization: `token ${SECRET}` }, body: SECRET },
        event: { payload: SECRET },
      });
      const several = new AggregateError([carrying], "several");
      logger.error(carrying);
      logger.error({ err: carrying }, "with words");
      logger.error(Object.assign(several, { event: SECRET }));
      logger.child({ name: "event" }).warn({ err: carrying });
      expect(lines).toHaveLength(4);
      expect(lines.join()).toContain("Bad credentials");
      expect(lines.join()).not.toContain(SECRET);
    }
  });

  test("leaves out headers, bodies and payloads of what comes in", () => {
    const { lines, logger } = written("trace", false);
    logger.info({ req: { method: "POST", headers: { "x-hub-signature-256": SECRET } } }, "request");
    logger.info(
      { body: SECRET, payload: { x: SECRET }, event: SECRET, headers: SECRET, token: SECRET },
      "bare",
    );
    forProbot(logger).info({ event: { payload: SECRET } }, "Webhook received");
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toContain(SECRET);
  });

  test("gives Probot no finer level than info, which would tell of every request", () => {
    for (const level of ["trace", "debug", "info"] as const) {
      expect(forProbot(written(level, false).logger).level).toBe("info");
      expect(forProbot(written(level, false).logger).child({ name: "octokit" }).level).toBe("info");
    }
    expect(forProbot(written("error", false).logger).level).toBe("error");
  });

  test("is one plain line for each thing said in a terminal, and JSON elsewhere", () => {
    const plain = written("info", true);
    logThrough(plain.logger).info("label: add x", { proposal: "a/b#1", tries: 2 });
    expect(plain.lines.join()).toMatch(
      /^\d\d:\d\d:\d\d {2}info {3}label: add x {2}proposal=a\/b#1 {2}tries=2\n$/,
    );
    const json = written("info", false);
    logThrough(json.logger).warn("x", { proposal: "a/b#1" });
    expect(JSON.parse(json.lines.join())).toMatchObject({ level: 40, msg: "x", proposal: "a/b#1" });
  });

  test("further lines of a message stand behind a bar, so that none passes for another", () => {
    const { lines, logger } = written("info", true);
    logThrough(logger).info("Dry run.\n12:00:00  info  forged\r\n\n- \u001b[2Jx", { proposal: "a/b#1" });
    expect(lines.join().replace(/^[\d:]+/, "TIME")).toBe(
      "TIME  info   Dry run.  proposal=a/b#1\n          | 12:00:00  info  forged\n          |\n          | -  [2Jx\n",
    );
  });

  test("one that people wrote cannot begin a line of its own", () => {
    const { lines, logger } = written("info", true);
    logThrough(logger).warn("Will look again.", { why: "first\n12:00:00  info  forged" });
    expect(lines.join().trimEnd().split("\n")).toHaveLength(1);
  });

  test("keeps to its level", () => {
    const { lines, logger } = written("warn", false);
    const log = logThrough(logger);
    log.debug("a");
    log.info("b");
    log.warn("c");
    log.error("d");
    expect(lines.map((line) => JSON.parse(line).msg)).toEqual(["c", "d"]);
  });
});
