import { DAY, MINUTE } from "msc-clerk/domain/text/time.js";
import { PendingWebhookFacts } from "msc-clerk/runtime/reconcile/pendingWebhookFacts.js";
import { newsIn } from "msc-clerk/runtime/server/webhookNews.js";
import { afterEach, describe, expect, it } from "vitest";
import { proposed, START } from "../../../test/support/world.js";
import { type Rehearsal, rehearsal } from "../support/rehearsal.js";

const REF = { installation: 1, owner: "matrix-org", name: "matrix-spec-proposals", number: 1234 };

describe("what a webhook has announced", () => {
  it("is looked for again until it shows, and given up after a minute", () => {
    const w = proposed();
    const expected = new PendingWebhookFacts();
    const said = w.say("dbkr", "@mscbot reviewed");
    const before = {
      ...w.snapshot(),
      utterances: w.snapshot().utterances.filter(({ id }) => id !== said.id),
    };
    expected.note(REF, { kind: "utterance", id: said.id }, START);
    expect(expected.lookAgainAt(REF, before, START)).toBe(START + 3000);
    expect(expected.lookAgainAt(REF, before, START + 20_000)).toBe(START + 40_000);
    expect(expected.lookAgainAt(REF, w.snapshot(), START + 40_000)).toBeNull();
    expected.note(REF, { kind: "utterance", id: "comment:77" }, START);
    expect(expected.lookAgainAt(REF, before, START + MINUTE)).toBeNull();
  });

  it("of a flood the newest fifty are looked for: the look they cause reads everything", () => {
    const w = proposed();
    const expected = new PendingWebhookFacts();
    const shown = Array.from({ length: 50 }, () => w.say("dbkr", "Words."));
    for (const { id } of shown) expected.note(REF, { kind: "utterance", id }, START);
    expect(expected.lookAgainAt(REF, w.snapshot(), START)).toBeNull();
    for (const { id } of shown) expected.note(REF, { kind: "utterance", id }, START);
    expected.note(REF, { kind: "utterance", id: "comment:77" }, START);
    expect(expected.lookAgainAt(REF, w.snapshot(), START)).toBe(START + 3000);
    // What shows no more than the oldest of so many was given up for them.
    expected.note(REF, { kind: "utterance", id: "comment:78" }, START);
    for (const { id } of shown) expected.note(REF, { kind: "utterance", id }, START);
    expect(expected.lookAgainAt(REF, w.snapshot(), START)).toBeNull();
  });

  it("is told from comments, reviews, labels, pushes and the state; from nothing else", () => {
    const pull = { updated_at: "2026-03-02T09:00:00Z", head: { sha: "abc" } };
    const at = Date.parse(pull.updated_at);
    const of = (name: string, payload: object) => newsIn(name, payload, "msc-clerk[bot]").announced;
    expect(of("issue_comment", { action: "created", comment: { id: 5 } })).toEqual({
      kind: "utterance",
      id: "comment:5",
    });
    expect(of("pull_request_review", { action: "submitted", review: { id: 6 } })).toEqual({
      kind: "utterance",
      id: "review:6",
    });
    expect(of("pull_request", { action: "labeled", label: { name: "x" }, pull_request: pull })).toEqual({
      kind: "event",
      events: ["labeled"],
      label: "x",
      at,
    });
    expect(of("pull_request", { action: "synchronize", pull_request: pull })).toEqual({
      kind: "head",
      oid: "abc",
    });
    expect(of("pull_request", { action: "closed", pull_request: pull })).toEqual({
      kind: "event",
      events: ["closed", "merged"],
      label: null,
      at,
    });
    expect(
      of("issue_comment", {
        action: "edited",
        comment: { id: 5, updated_at: pull.updated_at, user: { login: "msc-clerk[bot]" } },
      }),
    ).toEqual({ kind: "edit", comment: "5", at });
    expect(of("issue_comment", { action: "deleted", comment: { id: 5 } })).toBeNull();
    expect(of("push", {})).toBeNull();
    expect(of("issue_comment", {})).toBeNull();
  });
});

describe("reads that lag behind their webhooks", () => {
  let r: Rehearsal;
  afterEach(() => r.close());

  it("a vote counts within a minute, long before the next resync", async () => {
    r = await rehearsal({ timing: { resyncEvery: DAY } }).start();
    const n = r.propose();
    await r.settle();
    r.sandbox.faults.lagSeconds = 6;
    r.as("richvdh").comment(n, "@mscbot fcp merge");
    await r.advance(MINUTE);
    expect(r.labels(n)).toContain("proposed-final-comment-period");
    r.as("dbkr").approve(n);
    await r.advance(MINUTE);
    expect(r.status(n).body).toContain("**2 of 6 needed, of 8**");
  });
});
