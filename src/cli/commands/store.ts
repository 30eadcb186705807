import { JSON_OPTION } from "../asking.js";
import { command } from "../command.js";
import { Misuse } from "../misuse.js";

const TAKES = "check|export [FILE]|import FILE";

export const storeRow = command({
  name: "store",
  group: "Keep",
  takes: TAKES,
  words: [1, 2],
  line: "checks, exports or imports what the clerk keeps",
  about: [
    "check reads the whole store and tells what is in it and what is wrong. export writes it as lines of JSON, to a new file or to stdout. import takes such a file, or stdin for -, whole or not at all, into an empty store or where it is newer: from SQLite to PostgreSQL and back.",
  ],
  options: { json: { ...JSON_OPTION, does: `with check: ${JSON_OPTION.does}` } },
  needs:
    "DATA_DIR or DATABASE_URL alone, from the environment or a .env file here; DATA_DIR is ./data where neither is set.",
  exits: new Map([
    [0, "all is well, or done"],
    [1, "something is wrong, or was not done"],
  ]),
  examples: ["store check", "store export copy.jsonl", "store import copy.jsonl"],
  run: async ({ words: [word, file], options: { json } }) => {
    const what = word === "check" || word === "export" || word === "import" ? word : null;
    if (what === null || (what === "check" ? file !== undefined : what === "import" && file === undefined))
      throw new Misuse(`It is called as: msc-clerk store ${TAKES}.`);
    if (json && what !== "check") throw new Misuse("--json goes with store check.");
    return (await import("../storeCommand.js")).storeCommand(what, file ?? "-", json);
  },
});
