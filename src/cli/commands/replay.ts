import { JSON_OPTION } from "../asking.js";
import { command } from "../command.js";

export const replayRow = command({
  name: "replay",
  group: "Verify",
  takes: "FILE",
  words: [1, 1],
  line: "decides a saved case anew: does it come to the same",
  about: [
    "Decides a saved case anew, by the config and at the times of its record, and tells whether it comes to the same. With - the case is read from stdin.",
  ],
  options: { json: JSON_OPTION },
  needs: "",
  exits: new Map([
    [0, "it comes to the same"],
    [1, "the file cannot be read"],
    [3, "the thread or the config was not saved"],
    [4, "it does not come to the same"],
  ]),
  examples: ["replay case.json"],
  run: async ({ words: [file = ""], options }) =>
    (await import("../verifyCommands.js")).replay(file, options),
});
