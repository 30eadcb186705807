import { DAY, HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ALIAS, StandInHomeserver, TOKEN } from "../../../test/support/homeserver.js";
import { matrixConfig } from "../../src/roster.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

let r: Rehearsal;
let server: StandInHomeserver;
let homeserver: string;
beforeEach(async () => {
  server = new StandInHomeserver();
  homeserver = await server.listen();
});
afterEach(async () => {
  await r.close();
  await server.close();
});

const TITLE = "MSC1772: Matrix spaces";
const told = () => server.said.map((one) => one.replaceAll("\u200B", "").replace(/ http:\S+$/, ""));
const REVIEWED = ["erikjohnston", "dbkr", "uhoreg", "anoadragon453", "ara4n"];

async function atWork(): Promise<void> {
  r = await rehearsal({ matrix: { homeserver, token: TOKEN, room: ALIAS } }).start();
  server.now = () => r.clock.now();
  await r.advance(MINUTE);
}

describe("a Matrix room, over HTTP", () => {
  test("is told of a proposal from its motion to its merge, each step once and in order", async () => {
    await atWork();
    const n = r.propose(TITLE);
    await r.settle();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    for (const login of REVIEWED) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    await r.advance(3 * DAY);
    await r.act(() => r.as("turt2live").comment(n, "@mscbot concern summaries leak private rooms"));
    await r.advance(2 * DAY + HOUR);
    await r.act(() => r.as("turt2live").comment(n, "@mscbot resolve C1"));
    await r.act(() => r.as("richvdh").merge(n));
    await r.advance(HOUR);
    expect(told()).toEqual(
      [
        "richvdh moved to merge it.",
        "The Final Comment Period to merge it began, set to end on 7 March 2026, 09:01 UTC.",
        "turt2live raised concern C1: “summaries leak private rooms”",
        expect.stringMatching(
          /The time of the Final Comment Period is up, but it cannot conclude yet\. .*C1/,
        ),
        "turt2live resolved concern C1.",
        "The Final Comment Period concluded: it is accepted. Yes: 6 of 8 in the Spec Core Team.",
        "richvdh merged the pull request.",
      ].map((sentence) => (typeof sentence === "string" ? `#${n} “${TITLE}”: ${sentence}` : sentence)),
    );
    expect(r.logged).toEqual([]);
  });

  test("is told of an amendment: proposed, approved, in force; and of one that nobody approved", async () => {
    await atWork();
    const changed = (from: string, to: string) => {
      const text = matrixConfig();
      if (!text.includes(from)) throw new Error("The config has no such line.");
      return { [CONFIG]: text.replace(from, to) };
    };
    const domains = /domains: \[([^\]]*)\]/.exec(matrixConfig())?.[0];
    expect(domains).toBeDefined();
    const files = changed(domains ?? "", "domains: [Everything]");
    const n = r.as("richvdh").openPull({ title: "Domains anew", body: "", files }).number;
    await r.settle();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot propose"));
    for (const login of [...REVIEWED, "turt2live", "KitsuneRal"])
      await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    await r.advance(6 * DAY);
    await r.act(() => r.as("richvdh").merge(n));
    await r.advance(HOUR);
    const unapproved = changed(domains ?? "", "domains: [Nothing]");
    const other = r.as("richvdh").openPull({ title: "By nobody", body: "", files: unapproved }).number;
    await r.settle();
    await r.act(() => r.as("ara4n").merge(other));
    await r.advance(HOUR);
    expect(told()).toEqual([
      `Amendment #${n} “Domains anew”: richvdh proposed it.`,
      `Amendment #${n} “Domains anew”: The amendment is approved. Yes: 8 of 8 in the Spec Core Team.`,
      `Amendment #${n} “Domains anew”: richvdh merged it, and it is in force.`,
      `Amendment #${other} “By nobody”: ara4n merged it without approval. By the rules it does not count until it is ratified or reverted.`,
    ]);
  });

  test("is told of the weekly digest, with the issue that has it, and of nothing of a private repository", async () => {
    r = await rehearsal({
      matrix: { homeserver, token: TOKEN, room: ALIAS },
      config: `${matrixConfig()}reminders: { digest: weekly }\n`,
    }).start();
    server.now = () => r.clock.now();
    await r.advance(HOUR);
    const n = r.propose(TITLE);
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    await r.advance(7 * DAY);
    await r.act(() => r.sandbox.setPrivate(true));
    await r.act(() => r.as("turt2live").comment(n, "@mscbot concern summaries leak private rooms"));
    await r.advance(7 * DAY);
    const digests = server.said.filter((one) => one.startsWith("What waits for whom"));
    const [issue] = r.reports().filter(({ title }) => title === "What waits for whom");
    expect(digests.at(-1)).toMatch(/^What waits for whom: 1 motion\. http:/);
    expect(digests.at(-1)).toMatch(new RegExp(`/issues/${issue?.number}$`));
    expect(digests.length).toBeLessThanOrEqual(2);
    expect(told().filter((one) => one.startsWith("#"))).toEqual([
      `#${n} “${TITLE}”: richvdh moved to merge it.`,
    ]);
  });

  test("no decision waits for it: with a homeserver that is down the period begins as ever", async () => {
    await atWork();
    server.fault = () => ({ kind: "down" });
    const n = r.propose(TITLE);
    await r.settle();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    const from = r.clock.now();
    for (const login of REVIEWED) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    expect(r.labels(n)).toContain("final-comment-period");
    expect(r.clock.now() - from).toBeLessThan(3 * MINUTE);
    expect(told()).toEqual([]);
    r.kill();
    server.fault = () => null;
    await r.start();
    await r.advance(HOUR);
    expect(told()).toEqual([
      `#${n} “${TITLE}”: richvdh moved to merge it.`,
      expect.stringContaining("The Final Comment Period to merge it began, set to end on"),
    ]);
  });
});
