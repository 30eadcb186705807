import { describe, expect, test } from "vitest";
import { differences, rulesFingerprint } from "../../src/domain/amendment/differences.js";
import { changeSentence } from "../../src/domain/messages/change.js";
import { DAY } from "../../src/domain/text/time.js";
import { config, faultsOf, valid } from "./faults.js";

const reminders = (text: string): string => config({ reminders: `reminders: ${text}` });

describe("the key reminders", () => {
  test("remind.vote: without it, or with nothing in it, nobody is reminded, and the rules are the same as ever", () => {
    expect(valid(config()).reminders).toBeUndefined();
    expect(rulesFingerprint(valid(reminders("{}")))).toBe(rulesFingerprint(valid(config())));
  });

  test("remind.vote: each of the two stands alone", () => {
    expect(valid(reminders("{ digest: weekly }")).reminders).toEqual({ digest: true, mentionAfter: null });
    expect(valid(reminders("{ mention_after: 2 weeks }")).reminders).toEqual({
      digest: false,
      mentionAfter: 14 * DAY,
    });
    expect(valid(reminders("{ mention_after: 1 day }")).reminders?.mentionAfter).toBe(DAY);
  });

  test.each([
    [
      "{ mention_after: 23 hours }",
      "is no length the clerk takes; write whole weeks, days, hours or minutes, such as 14 days or 2 weeks, from a day to a year",
    ],
    ["{ mention_after: 14 }", "14 of what? Write 14 days or 14 hours"],
    ["{ digest: daily }", "weekly"],
    ["{ merge_after: 3 days }", "merge_after"],
    ["weekly", "write keys with values"],
  ])("remind.vote: %s is a fault that says what to write", (text, said) => {
    expect(faultsOf(reminders(text)).join("\n")).toContain(said);
  });

  test("amend.rules: a change of it is told in words", () => {
    const [change] = differences(
      valid(config()),
      valid(reminders("{ digest: weekly, mention_after: 14 days }")),
      new Map(),
    );
    expect(change && changeSentence(change)).toMatchInlineSnapshot(
      `"add **reminders**: “digest: weekly; mention\\_after: 14 days”"`,
    );
  });
});
