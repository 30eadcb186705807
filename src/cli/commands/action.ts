import { command } from "../command.js";

export const actionRow = command({
  name: "action",
  group: "Run it",
  takes: "run|check",
  words: [1, 1],
  line: "what the two GitHub Actions run, with what their runner sets",
  about: [
    "run looks at everything of the repository once, as the clerk, and ends. check tells every fault of the config at a pull request's head, and decides nothing. docs/actions.md has the workflows they are for.",
  ],
  options: {},
  needs: "What GitHub's runner sets (GITHUB_REPOSITORY, GITHUB_EVENT_PATH …), and the inputs of action.yml.",
  exits: new Map([
    [0, "all is well"],
    [1, "something has to be looked at: the summary says what"],
  ]),
  examples: ["action run", "action check"],
  run: async ({ words }) => (await import("../action/actionCommand.js")).actionCommand(words),
});
