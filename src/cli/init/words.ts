import { count } from "../../domain/messages/grammar.js";
import { CONFIG_FILE } from "../../domain/model/rules.js";
import type { Answers } from "./answers.js";
import { saidBack } from "./configText.js";

export const existsText = (out: string): string =>
  `${out} is there already, and is left as it is. Write elsewhere with --out FILE, or over it with --force.`;

export const UNWRITTEN = "The questions were not all answered; nothing was written.";

/** What was written, and what comes next. `untold`: why somebody has no id. */
export function writtenText(out: string, answers: Answers, untold: string | null): string {
  const without = answers.members.filter(({ id }) => id === null);
  const steps = [
    ["rehearse it with your own people", `npm run sandbox -- --config ${out}`],
    ["see what your proposals would be", `npx msc-clerk simulate ${out} OWNER/REPO`],
    ["check it in CI, on every pull request", `npx msc-clerk check ${CONFIG_FILE}`],
    [
      "run the clerk",
      `docs/hosting.md${answers.merge === "manual" ? "" : ", with the permissions of app.merge.yml"}`,
    ],
  ] as const;
  return [
    `${out} is written. ${saidBack(answers)}`,
    ...(without.length === 0
      ? []
      : [
          `${count(without.length, "member has", "members have")} no id yet${untold === null ? "" : ` (GitHub did not tell: ${untold})`}: the file says beside each where to find it. Without it whoever takes over a login has the vote.`,
        ]),
    "",
    "Next, each in its time (docs/adopting.md leads through it):",
    ...steps.map(([what, how]) => `  ${what.padEnd(39)}${how}`),
    ...(out === CONFIG_FILE
      ? ["  and put the file on the default branch: from then on it changes by vote alone."]
      : [`  and put it on the default branch as ${CONFIG_FILE}: from then on it changes by vote alone.`]),
  ].join("\n");
}
