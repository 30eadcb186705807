import { expect, test } from "vitest";
import type { Rules } from "../../src/domain/model/rules.js";
import { adding, amendment } from "../support/amendmentWorld.js";

/** What `check` warns of is told where a config is decided about as well. */

const answersTo =
  (...mentions: readonly string[]) =>
  (rules: Rules) => ({ ...rules, mentions });

test("amend.preview: what would surprise in the amended config stands in its check, without holding it", () => {
  const w = amendment(answersTo("mscbot", "dbkr"));
  w.reconcile();
  expect(w.check?.summary).toMatch(
    /\*\*Worth a second look\*\*\n\n- The clerk answers to .*dbkr, who is a member/,
  );
  expect(w.check?.verdict).toBe("in_progress");
});

test("amend.preview: what the present config has already is not told again", () => {
  const w = amendment(adding("clokep", 210));
  w.reconcile();
  // One of the thresholds takes both Guardians, before as after.
  expect(w.check?.summary).not.toContain("Worth a second look");
});
