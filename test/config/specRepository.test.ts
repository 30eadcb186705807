import { describe, expect, test } from "vitest";
import { differences, rulesFingerprint } from "../../src/domain/amendment/differences.js";
import { changeSentence } from "../../src/domain/messages/change.js";
import { config, faultsOf, valid } from "./faults.js";

const named = (text: string, more = {}): string => config({ spec: `spec_repository: ${text}`, ...more });

describe("spec.linked: the key spec_repository", () => {
  test("spec.linked: without it nobody looks anywhere, and the rules are the same as ever", () => {
    expect(Object.keys(valid(config()))).not.toContain("specRepository");
  });

  test("spec.linked: a repository, and the words that have to stand before a name there", () => {
    expect(valid(named("{ name: matrix-org/matrix-spec }")).specRepository).toEqual({
      name: "matrix-org/matrix-spec",
      words: [],
    });
    expect(valid(named("{ name: a/b.c, words: [Implements, Spec for, implements] }")).specRepository).toEqual(
      {
        name: "a/b.c",
        words: ["implements", "spec for"],
      },
    );
  });

  test.each(["https://github.com/a/b", "matrix-spec", "a/b/c", "a/..", "a/b c", "12"])(
    "spec.linked: %s is no repository",
    (text) => {
      expect(faultsOf(named(`{ name: ${text} }`))).toHaveLength(1);
      expect(faultsOf(named(`{ name: ${text} }`))[0]).toContain("such as matrix-org/matrix-spec");
    },
  );

  test("spec.linked: it needs the labels that it sets", () => {
    expect(faultsOf(named("{ name: a/b }", { labels: "labels: { merged: false }" }))).toEqual([
      "line 8, column 1: spec_repository: the label merged is left out, by which it is told how far the specification has come; give it a name, or take this key out",
    ]);
  });

  test("amend.rules, spec.linked: an amendment that names one tells it", () => {
    const before = valid(config());
    const after = valid(named("{ name: a/b, words: [Spec for] }"));
    expect(rulesFingerprint(after)).not.toBe(rulesFingerprint(before));
    const [change] = differences(before, after, new Map());
    if (change === undefined) throw new Error("no change");
    expect(changeSentence(change)).toBe("add **spec\\_repository**: “name: a/b; words: spec for”");
  });
});
