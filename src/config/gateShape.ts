import { z } from "zod";
import { FORM_CHECK_KEYS } from "../domain/model/form.js";
import { GATE_MOMENTS } from "../domain/model/gates.js";
import { MAX_LABELS } from "./limits.js";
import { choice, FILE_PATH, LABEL_NAME, mapping, textValue } from "./values.js";

/* The shape of a gate, a part of the file's (`shape.ts`). */

export const formChecks = z.union(
  [z.literal("all", { error: "form" }), z.array(choice(FORM_CHECK_KEYS)).min(1, { error: "form" })],
  { error: "form" },
);

const gateLabels = z
  .array(textValue("label", LABEL_NAME), { error: "list" })
  .min(1, { error: "no_gate_labels" })
  .max(MAX_LABELS, { error: "many_labels" })
  .optional();

/** gate.begin, gate.end: one kind each. */
const GATE_KINDS = [
  "labels_absent",
  "labels_present",
  "review_threads",
  "dependencies",
  "form",
  "checklist",
  "implementation",
] as const;

export const gateShape = mapping({
  labels_absent: gateLabels.meta({
    description:
      "None of these labels may stand. What counts is the last change of each by a member: anybody else’s changes nothing.",
    examples: [["needs-implementation", "blocked"]],
  }),
  labels_present: gateLabels.meta({
    description: "All of these labels have to stand, put on by a member.",
  }),
  review_threads: choice(["resolved"]).optional().meta({
    description:
      "Every review thread has to be resolved; those that a member began, by a member. Threads begun after the motion by people on no team hold nothing.",
  }),
  dependencies: choice(["accepted"]).optional().meta({
    description:
      "What the proposal depends on (Depends on: MSC1234 in its description or text, or a heading Dependencies) has to be accepted or merged.",
  }),
  form: formChecks.optional().meta({
    description:
      "These checks of form find no fault (see form of the file; it need not be set). Warnings hold nothing.",
  }),
  checklist: textValue("file", FILE_PATH)
    .optional()
    .meta({
      description:
        "Every item (- [ ] …) of this Markdown file of the default branch has to be ticked by members, in a comment that the clerk posts with each motion to merge. What becomes of the file later changes nothing for that motion.",
      examples: ["MSC_CHECKLIST.md"],
    }),
  implementation: z
    .int({ error: "implementations" })
    .min(1, { error: "implementations" })
    .max(10, { error: "implementations" })
    .optional()
    .meta({
      description:
        "So many implementations have to be linked, by the author (implementation URL) or under a heading Implementation in its description or text, and a member has to say implementation ok. The clerk keeps the labels needs_implementation and implementation_needs_checking.",
    }),
  before: choice(GATE_MOMENTS).default("begin").meta({
    description:
      "Before what it has to be met: before the Final Comment Period begins, before it concludes, before the merge; or never: it is only shown.",
  }),
}).refine((gate) => GATE_KINDS.filter((kind) => gate[kind] !== undefined).length === 1, {
  error: "one_gate",
});
