import { APP_OPTION, JSON_OPTION, NEEDS_READER, pullIn, signedIn } from "../asking.js";
import { command } from "../command.js";
import { progress, tell } from "../terminal.js";

export const explainRow = command({
  name: "explain",
  group: "Ask it",
  takes: "OWNER/REPO#NUMBER",
  words: [1, 1],
  line: "what a proposal waits for, every vote, what it would write",
  about: [
    "Reads a proposal from GitHub and tells its decision: what it waits for, every vote counted and not counted with the reason, the concerns, and word for word what the clerk would write now. It writes nothing.",
    "The proposal may be named by its address too: https://github.com/acme/standards/pull/12.",
  ],
  options: { json: JSON_OPTION, app: APP_OPTION },
  needs: NEEDS_READER,
  exits: new Map([
    [0, "it was told"],
    [1, "it cannot be read"],
  ]),
  examples: ["explain acme/standards#12"],
  run: async ({ words: [word = ""], options: { json, app } }) => {
    const wanted = await pullIn(word);
    const session = await signedIn(wanted, app);
    progress(`Reading ${word}`);
    const { explainProposal } = await import("../explainProposal.js");
    return tell(await explainProposal(wanted, session), json);
  },
});
