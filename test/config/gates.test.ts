import { describe, expect, test } from "vitest";
import { differences, rulesFingerprint } from "../../src/domain/amendment/differences.js";
import { changeSentence } from "../../src/domain/messages/change.js";
import { config, faultsOf, valid } from "./faults.js";

const gates = (...lines: readonly string[]): string =>
  config({ gates: `gates:\n${lines.map((line) => `  - ${line}`).join("\n")}` });

describe("gate.begin, gate.end: the key gates", () => {
  test("gate.begin: without it, or with none in it, nothing has to be in place, and the rules are the same as ever", () => {
    expect(valid(config()).gates).toBeUndefined();
    expect(rulesFingerprint(valid(config({ gates: "gates: []" })))).toBe(rulesFingerprint(valid(config())));
  });

  test("gate.begin: each label is a gate of its own, in the order of the file, before the beginning unless it says otherwise", () => {
    expect(
      valid(
        gates(
          "{ labels_absent: [needs-implementation, blocked] }",
          "{ review_threads: resolved, before: conclude }",
          "{ labels_present: [seen-working], before: merge }",
          "{ dependencies: accepted, before: never }",
          "{ checklist: docs/MSC_CHECKLIST.md, before: conclude }",
        ),
      ).gates,
    ).toEqual([
      {
        kind: "label",
        name: "needs-implementation",
        label: "needs-implementation",
        wanted: "absent",
        before: "begin",
      },
      { kind: "label", name: "blocked", label: "blocked", wanted: "absent", before: "begin" },
      { kind: "review_threads", name: "review_threads", before: "conclude" },
      { kind: "label", name: "seen-working", label: "seen-working", wanted: "present", before: "merge" },
      { kind: "dependencies", name: "dependencies", before: "never" },
      { kind: "checklist", name: "checklist", file: "docs/MSC_CHECKLIST.md", before: "conclude" },
    ]);
  });

  test.each([
    ["{ before: begin }", "a gate is just one of"],
    ["{ labels_absent: [a], review_threads: resolved }", "a gate is just one of"],
    ["{ labels_absent: [] }", "is empty; name the labels"],
    ["{ review_threads: open }", '"open" will not do here; write resolved'],
    ["{ labels_absent: [a], before: start }", "is not one of"],
    ["{ label_absent: [a] }", "did you mean"],
    ["{ labels_absent: [final-comment-period] }", "the clerk itself puts"],
    ["{ checklist: /MSC_CHECKLIST.md }", "will not do as a file"],
    ["{ checklist: docs/../secret.md }", "will not do as a file"],
    ["{ checklist: docs/ }", "will not do as a file"],
    ["{ checklist: '*.md' }", "will not do as a file"],
    ["{ checklist: [a.md] }", "a file such as MSC_CHECKLIST.md"],
    ["{ implementation: 0 }", "write a whole number from 1 to 10"],
    ["{ implementation: 11 }", "write a whole number from 1 to 10"],
    ["{ implementation: one }", "write a whole number from 1 to 10"],
  ])("gate.begin: %s is refused where it stands", (line, why) => {
    expect(faultsOf(gates(line)).join("\n")).toContain(why);
    expect(faultsOf(gates(line))[0]).toContain("line 9");
  });

  test("label.state: the labels of implementations have names only where the gate is, so that other configs stay the same to the byte", () => {
    const { labels, gates: asked } = valid(gates("{ implementation: 2 }"));
    expect(asked).toEqual([{ kind: "implementation", name: "implementation", needed: 2, before: "begin" }]);
    expect(labels).toMatchObject({
      needs_implementation: "needs-implementation",
      implementation_needs_checking: "implementation-needs-checking",
    });
    for (const without of [config(), gates("{ labels_absent: [needs-implementation] }")])
      expect(Object.keys(valid(without).labels).filter((key) => key.includes("implementation"))).toEqual([]);
  });

  test("gate.begin: beside the gate for implementations its label is none of its own, and says what to write", () => {
    const said = gates("{ implementation: 1 }", "{ labels_absent: [blocked, Needs-Implementation] }");
    expect(faultsOf(said)).toEqual([
      'line 10, column 32: gates[1].labels_absent[1]: the gate implementation puts "Needs-Implementation" on and takes it off (labels.needs_implementation) and holds by itself; take the label out here',
    ]);
    const twice = config({
      gates: "gates: [{ implementation: 1 }]\nlabels: { proposal: needs-implementation }",
    });
    expect(faultsOf(twice)).toHaveLength(1);
    expect(faultsOf(twice.replace("[{ implementation: 1 }]", "[]"))).toEqual([]);
  });

  test("gate.begin: a label that the clerk puts on for authors opens no gate", () => {
    const said = `${gates("{ labels_present: [in-the-queue] }")}ready_label: in-the-queue\n`;
    expect(faultsOf(said)).toEqual([
      expect.stringContaining(
        'line 9, column 24: gates[0].labels_present[0]: "in-the-queue" is what ready_label is called',
      ),
    ]);
  });

  test("gate.begin: a label that the clerk takes off when an author pushes is no gate", () => {
    const off = "filled_placeholder: { take_off: [action-required, Blocked] }\n";
    expect(faultsOf(`${gates("{ labels_absent: [blocked] }")}${off}`)).toEqual([
      expect.stringContaining(
        'gates[0].labels_absent[0]: "blocked" is taken off by the clerk when an author fills a placeholder',
      ),
    ]);
    expect(faultsOf(`${gates("{ labels_absent: [held] }")}${off}`)).toEqual([]);
  });

  test("gate.waive: no two gates have one name", () => {
    expect(faultsOf(gates("{ labels_absent: [Needs work] }", "{ labels_present: [needs-work] }"))).toEqual([
      'line 10, column 24: gates[1].labels_present[0]: "needs-work" is a gate on line 9 already; keep one of them',
    ]);
    expect(
      faultsOf(gates("{ review_threads: resolved }", "{ review_threads: resolved, before: merge }")),
    ).toHaveLength(1);
  });

  test("amend.rules, gate.begin: an amendment that adds gates tells them in words", () => {
    const [change] = differences(valid(config()), valid(gates("{ labels_absent: [blocked] }")), new Map());
    if (change === undefined) throw new Error("one change wanted");
    expect(changeSentence(change)).toBe("add **gates**: “no label “blocked” (before: begin)”");
  });
});
