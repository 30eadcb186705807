import { describe, expect, it } from "vitest";
import { checkSummary } from "../../src/domain/messages/check.js";
import { notices, notTakenOver } from "../../src/domain/messages/notice.js";
import type { NotTakenOver } from "../../src/domain/model/decision.js";
import { readable } from "../../src/domain/text/time.js";
import { context, decision, NOON } from "../support/decision.js";

describe("what the log is told of a look", () => {
  it("nothing, as a rule", () => {
    expect(notices(decision())).toEqual([]);
  });

  it("memory.kept: which comment is not posted again, and until when", () => {
    const withheld = [{ comment: "announce 1:fcp_begun", until: NOON }];
    expect(notices(decision({ withheld }))).toEqual([
      `Somebody keeps deleting the clerk’s comment “announce 1:fcp_begun”: it is not posted again before ${readable(NOON)}.`,
    ]);
  });

  it.each<[NotTakenOver, string]>([
    ["label_by_another", "the label that tells of it was put on last by somebody else than that bot"],
    ["namesake", "its comment is by an account of another type than the config names"],
    ["unreadable", "what that bot itself wrote last in its comment cannot be read any more"],
    ["deleted", "somebody else has deleted a comment of that bot’s"],
    ["no_motion", "neither that bot’s label nor its comment tells of a motion that lives"],
  ])(
    "takeover.legacy: why an older bot's motion is not taken over, and what can be done: %s",
    (why, because) => {
      const text = `What an older bot had under way here is not taken over: ${because}. Its votes do not count; to go on, a member proposes it anew.`;
      expect(notTakenOver(why)).toBe(text);
      const seen = decision({ motion: null, notTakenOver: { why, url: null } });
      expect(notices(seen)).toEqual([text]);
      expect(checkSummary(seen, context())).toContain(
        "What an older bot had under way here is not taken over",
      );
    },
  );
});
