import { describe, expect, test } from "vitest";
import type { Gate } from "../../src/domain/model/gates.js";
import type { Register } from "../../src/domain/model/register.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY } from "../../src/domain/text/time.js";
import type { Answer, Caller } from "../../src/github/client/call.js";
import type { Recalled } from "../../src/github/ports.js";
import { Gates } from "../../src/github/read/gates.js";
import { MATRIX } from "../support/rules.js";
import { type World, world } from "../support/world.js";

const GATE: Gate = { kind: "dependencies", name: "dependencies", before: "begin" };
const RULES: Rules = { ...MATRIX, prefix: "MSC", gates: [GATE] };
const REF = { installation: 1, owner: "o", name: "r", number: 1234 };

/** What is read of 7, on which 1234 depends. `answer`: GitHub's of its pull request. */
function dependency(answer: Answer, recalled: Recalled = { kind: "recalled", register: null }) {
  const asked: unknown[] = [];
  const call = async (...given: unknown[]) => {
    asked.push(given);
    return answer;
  };
  const gates = new Gates({
    caller: { call, now: () => 0, gitHubNow: () => 0 } as unknown as Caller,
    memory: { recall: async () => recalled },
  });
  const look = () => gates.complete(REF, world({ rules: RULES }).snapshot(), "Depends on: MSC7", RULES);
  return { look, asked };
}

const pull = (state: string, merged = false): Answer => ({
  kind: "ok",
  status: 200,
  headers: {} as Extract<Answer, { kind: "ok" }>["headers"],
  data: { state, merged },
});

async function stateOf(answer: Answer, recalled?: Recalled) {
  const read = await dependency(answer, recalled).look();
  return read.kind === "read" ? read.snapshot.gates?.dependencies?.known[0]?.state : read.kind;
}

/** The register of a proposal to which this has happened. */
function registerOf(happened: (w: World) => void, motion = "merge"): Register {
  const w = world();
  w.say("richvdh", `@mscbot fcp ${motion}`);
  w.reconcile();
  happened(w);
  w.reconcile();
  return w.register;
}

function concluded(w: World): void {
  for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
    w.say(login, "@mscbot reviewed");
  w.reconcile();
  w.wait(5 * DAY + DAY).reconcile();
}

function overridden(outcome: string): (w: World) => void {
  return (w) => {
    w.say("ara4n", `@mscbot override ${outcome}: decided at the meeting`);
    w.reconcile();
    w.say("dbkr", "@mscbot second");
  };
}

describe("gate.begin: what a dependency has come to", () => {
  test.each([
    ["merged", registerOf(() => {}), "closed", true, "merged"],
    ["with a motion that is open", registerOf(() => {}), "open", false, "open"],
    ["decided to merge", registerOf(concluded), "open", false, "accepted"],
    ["decided to merge, and closed since", registerOf(concluded), "closed", false, "accepted"],
    ["decided to close", registerOf(concluded, "close"), "closed", false, "closed"],
    ["decided to merge elsewhere", registerOf(overridden("finished")), "open", false, "accepted"],
    ["cancelled by the lead", registerOf(overridden("cancelled")), "open", false, "open"],
    ["cancelled", registerOf((w) => w.say("dbkr", "@mscbot fcp cancel")), "open", false, "open"],
  ] as const)("gate.begin, override.second: one that is %s", async (_, register, state, merged, expected) => {
    expect(await stateOf(pull(state, merged), { kind: "recalled", register })).toBe(expected);
  });

  test("gate.begin: nothing is known of one that is not there, and it is not asked for again within the hour", async () => {
    const none: Answer = { kind: "no", status: 404, why: "Not Found", needs: null, at: "call" };
    expect(await stateOf(none)).toBe("unknown");
    const { look, asked } = dependency(none);
    await look();
    await look();
    expect(asked).toHaveLength(1);
  });

  test("gate.begin: what was merged stays so, and costs nothing more; what is open is asked for at each look", async () => {
    const merged = dependency(pull("closed", true));
    await merged.look();
    await merged.look();
    expect(merged.asked).toHaveLength(1);
    const open = dependency(pull("open"));
    await open.look();
    await open.look();
    expect(open.asked).toHaveLength(2);
  });

  test("gate.begin: an answer of GitHub or the store that does not come makes the look wait, and opens nothing", async () => {
    expect(await stateOf({ kind: "unclear", why: "502" })).toBe("unreadable");
    expect(await stateOf(pull("open"), { kind: "unavailable", why: "no disk" })).toBe("unreadable");
  });
});
