import { describe, expect, it } from "vitest";
import { describeAction, dryRunText, spelledOut, wordsOf } from "../../src/domain/messages/action.js";
import type { Action } from "../../src/domain/model/action.js";
import { HEAD, register } from "../support/decision.js";
import { byText } from "../support/titles.js";

const check = {
  kind: "put_check",
  head: HEAD,
  verdict: "in_progress",
  own: "in_progress",
  title: "Waiting for votes.",
  summary: "",
  record: null,
  annotations: [],
} as const;

describe("an action as one readable line", () => {
  it.each(
    byText<Action>([
      [
        {
          kind: "put_form",
          head: HEAD,
          verdict: "neutral",
          title: "3 things to change",
          summary: "Words of people",
          annotations: [],
        },
        `form check: neutral on ${HEAD.slice(0, 10)}, "3 things to change"`,
      ],
      [
        {
          kind: "create_comment",
          marker: { kind: "status", key: "2" },
          record: register({ seq: 4 }),
          body: "x",
          seq: 0,
        },
        "comment: status comment of motion 2, new, with the record at 4",
      ],
      [
        {
          kind: "create_comment",
          marker: { kind: "announce", key: "1:fcp_begun" },
          record: null,
          body: "x",
          seq: 0,
        },
        "comment: announcement 1:fcp_begun, new",
      ],
      [
        {
          kind: "create_comment",
          marker: { kind: "reply", key: "comment:7" },
          record: null,
          body: "x",
          seq: 0,
        },
        "comment: reply, new",
      ],
      [
        {
          kind: "update_comment",
          comment: "77",
          marker: { kind: "register", key: "1" },
          record: null,
          body: "x",
          seq: 0,
        },
        "comment 77: register comment, edited",
      ],
      [{ kind: "delete_comment", comment: "78", why: "duplicate" }, "comment 78: deleted, as a duplicate"],
      [
        { kind: "add_label", key: "fcp", label: "final-comment-period", latch: true },
        "label: add final-comment-period (the Final Comment Period begins with it)",
      ],
      [{ kind: "add_label", key: "proposal", label: "proposal", latch: false }, "label: add proposal"],
      [{ kind: "remove_label", label: "proposal" }, "label: remove proposal"],
      [
        { kind: "react", on: { kind: "inline", id: "5", nodeId: "N" }, reaction: "confused" },
        "reaction: 😕 on review comment 5",
      ],
      [{ ...check, run: null }, 'check: in_progress on def5678000, "Waiting for votes.", a new run'],
      [{ ...check, run: 9 }, 'check: in_progress on def5678000, "Waiting for votes.", run 9'],
      [{ kind: "close_pull" }, "pull request: close"],
      [{ kind: "merge_pull", method: "squash", head: HEAD }, "pull request: squash at def5678000"],
    ]),
  )("reads “%s”", (line, action) => {
    expect(describeAction(action)).toBe(line);
  });
});

describe("the words of what is written", () => {
  const reply = {
    kind: "create_comment",
    marker: { kind: "reply", key: "comment:7" },
    record: null,
    body: "@ann: that is no command.\n\n\t- first\n- \u202Esecond\u001b[2J\n",
    seq: 0,
  } as const;
  const shown = { ...check, run: null, summary: "**Waiting** for votes." };

  it("stand in explain below the line about it, each behind a bar, without what a terminal obeys", () => {
    expect(spelledOut(reply)).toEqual([
      "comment: reply, new",
      "  | @ann: that is no command.",
      "  |",
      "  |   - first",
      "  | - second[2J",
    ]);
    expect(spelledOut(shown)).toEqual([describeAction(shown), "  | **Waiting** for votes."]);
  });

  it("are the whole comment, or what a check says below its title, with every annotation", () => {
    expect(wordsOf(reply)).toBe(reply.body);
    const annotations = [{ path: "x.yml", line: 3, column: 1, message: "wrong" }];
    expect(wordsOf({ ...shown, annotations })).toBe("**Waiting** for votes.\n\nx.yml:3: wrong");
  });

  it.each([{ kind: "remove_label", label: "x" }, { kind: "close_pull" }, check] as const)(
    "are none of some: $kind",
    (action) => {
      expect(spelledOut({ run: null, ...action } as Action)).toHaveLength(1);
      expect(dryRunText({ run: null, ...action } as Action)).not.toContain("\n");
    },
  );

  it("follow in a dry run on lines of their own", () => {
    expect(dryRunText(shown)).toBe(`Dry run, would write: ${describeAction(shown)}\n**Waiting** for votes.`);
  });
});
