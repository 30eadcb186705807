import type { Act } from "./act.js";

/** What the clerk understood, in as few words as it takes. */
export function saidBy(act: Act): string {
  switch (act.kind) {
    case "command":
      return act.command.commandText;
    case "reword":
      return `concern ${act.to}`;
    case "description":
      return act.said;
    case "unsaid":
      return `take back ${act.command.commandText}`;
    case "review":
      return act.submitted === "approved" ? "approve" : "request changes";
    case "dismissal":
      return "dismiss a review";
    case "disposition_label":
    case "ballot_label":
    case "asking_label":
    case "gate_label":
      return act.label;
    case "ticks":
      return act.changes.map((box) => `${box.ticked ? "tick" : "untick"} ${box.login}`).join(", ");
    case "checklist_ticks":
      return act.changes.map(({ item, ticked }) => `${ticked ? "tick" : "untick"} item ${item}`).join(", ");
    case "closed":
      return "close";
    case "merged":
      return "merge";
    case "concluded":
      return "conclude the Final Comment Period";
    case "latch":
      return "begin the Final Comment Period";
  }
}
