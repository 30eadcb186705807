import type { Command } from "./command.js";
import { nearest } from "./editDistance.js";
import { foldSpace } from "./fold.js";

// First form, so that the rest of the core can be tried; the whole of section 5 is being written.
const FORMS: readonly (readonly [RegExp, (m: RegExpExecArray, said: string) => Command])[] = [
  [
    /^(?:fcp )?(merge|close|postpone)$/i,
    (m, said) => ({ verb: "move", disposition: (m[1] ?? "").toLowerCase() as "merge", said }),
  ],
  [/^(?:fcp )?cancel$/i, (_, said) => ({ verb: "cancel", said })],
  [
    /^(?:reviewed|review|approved?)(?: as (.+))?$/i,
    (m, said) => ({ verb: "vote", choice: "yes", team: m[1] ?? null, said }),
  ],
  [
    /^(?:retract|unreview)(?: as (.+))?$/i,
    (m, said) => ({ verb: "vote", choice: "retract", team: m[1] ?? null, said }),
  ],
  [/^abstain(?: as (.+))?$/i, (m, said) => ({ verb: "vote", choice: "abstain", team: m[1] ?? null, said })],
  [/^(?:fcp )?concern:?(?: (.*))?$/i, (m, said) => ({ verb: "concern", text: m[1] ?? "", said })],
  [/^resolved?:?(?: (.*))?$/i, (m, said) => ({ verb: "resolve", what: m[1] ?? "", said })],
  [
    /^override (finished|cancelled):? ?(.*)$/i,
    (m, said) => ({
      verb: "override",
      outcome: (m[1] ?? "").toLowerCase() as "finished",
      reason: m[2] ?? "",
      said,
    }),
  ],
  [
    /^(propose|second|status|refresh|help)$/i,
    (m, said) => ({ verb: (m[1] ?? "").toLowerCase() as "help", said }),
  ],
];

export function parseCommands(lines: readonly string[], mentions: readonly string[]): Command[] {
  return lines.flatMap((line): Command[] => {
    const m = /^\s*@([\w-]+)(?:\[bot\])?[:,]?\s+(.*)$/u.exec(foldSpace(line));
    if (!m || !mentions.includes((m[1] ?? "").toLowerCase())) return [];
    const said = foldSpace(m[2] ?? "");
    for (const [form, make] of FORMS) {
      const found = form.exec(said);
      if (found) return [make(found, said)];
    }
    return [{ verb: "unknown", nearest: nearest(said, ["fcp merge", "concern", "reviewed"]), said }];
  });
}
