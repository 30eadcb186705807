import { describe, expect, test } from "vitest";
import type { Expectation } from "../../src/runtime/reconcile/pendingWebhookFacts.js";
import type { Trigger } from "../../src/runtime/server/events.js";
import {
  decodeHeard,
  encodeHeard,
  type HeardNews,
  heardTogether,
  subjectOf,
} from "../../src/runtime/server/heard.js";

const repository = { installation: 7, owner: "o", name: "r" };
const ref = { ...repository, number: 12 };

/** One of each: a new kind does not compile before it stands here. */
const TRIGGERS: { readonly [Kind in Trigger["kind"]]: Trigger } = {
  reconcile: { kind: "reconcile", ref, forced: true },
  repository: { kind: "repository", repository, labels: true },
  head: { kind: "head", repository, head: "abc" },
  installation: { kind: "installation", installation: 7 },
  merge_group: { kind: "merge_group", group: { ...ref, branch: null, head: "abc" }, over: false },
};
const EXPECTED: { readonly [Kind in Expectation["kind"]]: Expectation } = {
  utterance: { kind: "utterance", id: "comment:1" },
  edit: { kind: "edit", comment: "1", at: 5 },
  event: { kind: "event", events: ["labeled", "ready_for_review"], label: "x", at: 5 },
  head: { kind: "head", oid: "abc" },
};
const news = (trigger: Trigger, more: Partial<HeardNews> = {}): HeardNews => ({
  trigger,
  announced: [],
  senders: [null],
  push: false,
  deliveries: ["d1"],
  ...more,
});

describe("what was heard, on its way to another instance", () => {
  test.each(Object.values(TRIGGERS))("$kind arrives as it was sent", (trigger) => {
    const heard = news(trigger, {
      announced: Object.values(EXPECTED),
      senders: [{ login: "dbkr", id: 1 }, { login: "x", id: null }, null],
      push: true,
    });
    expect(decodeHeard(encodeHeard(heard))).toEqual(heard);
  });

  test("each is of a subject of its own", () => {
    expect(new Set(Object.values(TRIGGERS).map(subjectOf)).size).toBe(Object.keys(TRIGGERS).length);
  });

  test("what a newer clerk means by it is nothing this one knows", () => {
    expect(decodeHeard('{"trigger":{"kind":"unheard-of"}}')).toBeNull();
    expect(decodeHeard("not JSON")).toBeNull();
  });

  test("of several the most is asked for, each sender and each fact stays, and pushes are pushes only where all are", () => {
    const forced = news(TRIGGERS.reconcile, { senders: [{ login: "dbkr", id: 1 }], push: true });
    const later = news(
      { kind: "reconcile", ref, forced: false },
      { announced: [EXPECTED.head], deliveries: ["d2"] },
    );
    expect(heardTogether(forced, later)).toEqual({
      trigger: TRIGGERS.reconcile,
      announced: [EXPECTED.head],
      senders: [{ login: "dbkr", id: 1 }, null],
      push: false,
      deliveries: ["d1", "d2"],
    });
    const labels = news({ kind: "repository", repository, labels: false });
    expect(heardTogether(news(TRIGGERS.repository), labels).trigger).toEqual(TRIGGERS.repository);
  });
});
