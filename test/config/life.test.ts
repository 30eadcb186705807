import { describe, expect, test } from "vitest";
import { differences, rulesFingerprint } from "../../src/domain/amendment/differences.js";
import { changeSentence } from "../../src/domain/messages/change.js";
import { config, faultsOf, valid } from "./faults.js";

const life = (...lines: readonly string[]): string => config({ gates: lines.join("\n") });

describe("the keys of authors and of the life before the vote", () => {
  test("author.named, proposal.ready, proposal.superseded, proposal.placeholder, said.welcome: without them, or off, the rules are the same as ever", () => {
    const plain = valid(config());
    for (const key of ["namedAuthors", "readyLabel", "obsoleteLabel", "filledPlaceholder", "welcome"])
      expect(plain).not.toHaveProperty(key);
    expect(rulesFingerprint(valid(life("named_authors: false")))).toBe(rulesFingerprint(plain));
  });

  test("author.named, proposal.ready, proposal.superseded, proposal.placeholder, said.welcome: each by its key", () => {
    expect(
      valid(
        life(
          "named_authors: true",
          "ready_label: proposal-ready-for-review",
          "obsolete_label: obsolete",
          "filled_placeholder: { take_off: [action-required] }",
          "welcome: { process: 'https://spec.matrix.org/proposals/' }",
        ),
      ),
    ).toMatchObject({
      namedAuthors: true,
      readyLabel: "proposal-ready-for-review",
      obsoleteLabel: "obsolete",
      filledPlaceholder: { takeOff: ["action-required"] },
      welcome: { process: "https://spec.matrix.org/proposals/" },
    });
    expect(valid(life("filled_placeholder: {}")).filledPlaceholder).toEqual({ takeOff: [] });
  });

  test.each([
    ["ready_label: Final-Comment-Period", "is what labels.fcp is called"],
    ["ready_label: a\nobsolete_label: A", "is what ready_label is called"],
    ["ready_label: 'a, b'", "comma"],
    ["welcome: { process: 'http://example.org' }", "https"],
    ["welcome: {}", "process"],
    ["filled_placeholder: { take_of: [a] }", "did you mean"],
    ["named_author: true", "did you mean"],
  ])("proposal.ready, said.welcome: %s is refused", (lines, why) => {
    expect(faultsOf(life(lines)).join("\n")).toContain(why);
  });

  test("amend.rules: naming one of them is a change of the rules, told by its key", () => {
    const changes = differences(valid(config()), valid(life("ready_label: in-the-queue")), new Map());
    expect(changes.map(({ key }) => key)).toEqual(["rules"]);
    expect(changes.map(changeSentence)).toEqual(["add **ready\\_label**: “in-the-queue”"]);
  });
});
