import { JSON_OPTION } from "../asking.js";
import { command } from "../command.js";

export const checkRow = command({
  name: "check",
  group: "Try it",
  takes: "[FILE…]",
  words: [0, Number.POSITIVE_INFINITY],
  line: "every fault of a config file, and what its rules come to",
  about: [
    "Reads config files and tells every fault as FILE:LINE:COLUMN: what is wrong. Of one that is right it says in plain words what its rules come to, and warns of what would surprise. It asks GitHub nothing.",
    "Without FILE it reads .github/msc-clerk.yml here; with - what is piped in.",
  ],
  options: { json: JSON_OPTION },
  needs: "",
  exits: new Map([
    [0, "the files are right; there may be warnings"],
    [1, "one has faults or cannot be read"],
  ]),
  examples: ["check", "check draft.yml other.yml", "check - < draft.yml"],
  run: async ({ words, options: { json } }) => (await import("../checkFiles.js")).checkFiles(words, json),
});
