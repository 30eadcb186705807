import { command } from "../command.js";

export const startRow = command({
  name: "start",
  group: "Run it",
  takes: "",
  words: [0, 0],
  line: "runs the clerk; without credentials, the set-up page",
  about: [
    "Runs the clerk, with what the environment or a .env file says, until it is asked to stop. Without any credentials it serves the page that makes the App at GitHub and writes .env, and goes on from there.",
  ],
  options: {},
  needs:
    "APP_ID, PRIVATE_KEY (or PRIVATE_KEY_PATH) and WEBHOOK_SECRET of the App, from the environment or a .env file here, or nothing for the set-up page. docs/operating.md lists the rest; DRY_RUN=true writes nothing to GitHub.",
  exits: new Map([
    [0, "it was asked to stop, and did"],
    [1, "it does not start, and says why"],
  ]),
  examples: ["start"],
  run: async () => (await import("../start.js")).start(),
});
