import { describe, expect, test } from "vitest";
import { placeholderFilled, welcomeComment } from "../../src/domain/messages/welcome.js";
import type { Rules } from "../../src/domain/model/rules.js";
import { DAY } from "../../src/domain/text/time.js";
import { context, decision } from "../support/decision.js";

const PROCESS = "https://spec.matrix.org/proposals/";
const here = (more: Partial<Rules> = {}) => {
  const plain = context();
  return { ...plain, rules: { ...plain.rules, welcome: { process: PROCESS }, ...more } };
};

describe("said.welcome, in words", () => {
  test("said.welcome: what happens next, who decides, what can be said, and where it is told", () => {
    expect(welcomeComment(decision(), here(), 5 * DAY, [])).toMatchInlineSnapshot(`
      "Welcome, @alice, and thank you for your first proposal here. **What happens next:** people read it and comment, you answer and change it; then a member of the team proposes a decision.
      **Who decides:** the Spec Core Team (75%), by a vote. When it has passed, everybody has 5 days for a last word. It can take a while, and no answer is not a no.
      **What you can say,** on a line of its own in a comment: \`@msc-clerk withdraw\` and \`@msc-clerk help\`.
      **How it all works:** [the process](https://spec.matrix.org/proposals/)."
    `);
  });

  test("said.welcome: only commands that the config has a use for, and no last word where there is no period", () => {
    const text = welcomeComment(
      decision(),
      here({ readyLabel: "queue", obsoleteLabel: "obsolete", namedAuthors: true }),
      0,
      ["One.", "Two.", "Three.", "Four.", "Five."],
    );
    expect(text.split("\n")).toHaveLength(5);
    expect(text).toContain("`@msc-clerk ready`");
    expect(text).not.toContain("for a last word");
    expect(text).toContain("**To put right first:** One. Two. Three. And 2 more, in the check of its form.");
  });
});

test("proposal.placeholder: what was done, and how to take it back", () => {
  expect(
    placeholderFilled(here({ filledPlaceholder: { takeOff: ["action-required"] } })),
  ).toMatchInlineSnapshot(
    `"This was a placeholder and has a text now, so it is a proposal: the clerk has put on “proposal” and taken off “proposal-placeholder” and “action-required”, as far as they stood. If it is still a placeholder, put “proposal-placeholder” back: the clerk leaves it then. \`@msc-clerk help\` shows what can be said here."`,
  );
});
