import { APP_OPTION } from "../asking.js";
import { command } from "../command.js";

export const recordRow = command({
  name: "record",
  group: "Verify",
  takes: "OWNER/REPO#NUMBER",
  words: [1, 1],
  line: "saves all that a decision can be verified with, years later",
  about: [
    "Saves all that the records of a proposal can be verified with, years later and without GitHub: `verify FILE` and `replay FILE` need nothing else.",
  ],
  options: {
    out: { type: "string", value: "FILE", does: "a new file; stdout where it is left out" },
    app: APP_OPTION,
  },
  needs:
    "GITHUB_TOKEN (or GH_TOKEN), a token of anybody's who can read the repository, or the App's own APP_ID and PRIVATE_KEY. From the environment or a .env file here.",
  exits: new Map([
    [0, "it is saved"],
    [1, "it cannot be read or written"],
  ]),
  examples: ["record acme/standards#12", "record acme/standards#12 --out case.json"],
  run: async ({ words: [what = ""], options }) =>
    (await import("../verifyCommands.js")).record(what, options),
});
