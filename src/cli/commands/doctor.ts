import { JSON_OPTION, repositoryIn } from "../asking.js";
import { command } from "../command.js";
import { Misuse } from "../misuse.js";
import { COLOURS, print, printJson } from "../terminal.js";

export const doctorRow = command({
  name: "doctor",
  group: "Run it",
  takes: "[OWNER/REPO]",
  words: [0, 1],
  line: "what is wrong with its set-up, why that matters, what to do",
  about: [
    "Looks at all that the clerk needs: credentials, permissions, webhooks, config, labels, branch protection, clock, limits, store. Of each it says how it is, and where it is not well, why that matters and what to do. Without a repository it looks at all that the App is installed on.",
    "It writes nothing; only --redeliver asks GitHub to send webhooks again that did not arrive.",
  ],
  options: {
    json: JSON_OPTION,
    redeliver: { type: "boolean", does: "asks GitHub for the webhooks again that did not arrive" },
  },
  needs:
    "Where the clerk runs: its own environment or .env file. Anywhere else: GITHUB_TOKEN and a repository, which shows less.",
  exits: new Map([
    [0, "nothing is wrong; there may be warnings"],
    [1, "something is wrong"],
  ]),
  examples: ["doctor acme/standards", "doctor"],
  run: async ({ words: [word], options: { json, redeliver } }) => {
    const wanted = word === undefined ? null : await repositoryIn(word);
    const told = await (await import("../doctor/doctor.js")).doctor({ wanted, redeliver }, COLOURS);
    if (told.kind === "misuse") throw new Misuse(told.why);
    if (json) printJson(told.json);
    else print(told.text);
    return told.wrong ? 1 : 0;
  },
});
