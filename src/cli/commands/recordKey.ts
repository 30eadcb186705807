import { command } from "../command.js";
import { Refused } from "../misuse.js";
import { print } from "../terminal.js";

export const recordKeyRow = command({
  name: "record-key",
  group: "Keep",
  takes: "",
  words: [0, 0],
  line: "makes a key that signs the records of decisions",
  about: [
    "Makes a key that signs the records of decisions, and tells where its two halves go: the secret into RECORD_KEYS, the public one into the config. Nothing is written anywhere.",
  ],
  options: {
    public: {
      type: "boolean",
      does: "makes none, and tells the public halves of those in RECORD_KEYS, newest first",
    },
  },
  needs: "Nothing; with --public RECORD_KEYS, from the environment or a .env file here.",
  exits: new Map([
    [0, "it was told"],
    [1, "RECORD_KEYS is missing or wrong"],
  ]),
  examples: ["record-key", "record-key --public"],
  run: async ({ options }) => {
    const { newRecordKey, publicHalves } = await import("../recordKey.js");
    if (!options.public) return print(newRecordKey());
    const { addDotEnv } = await import("../../platform/dotEnv.js");
    const fault = addDotEnv(process.env, ".env");
    if (fault !== null) throw new Refused(fault);
    const recordKeys = process.env.RECORD_KEYS?.trim() ?? "";
    if (recordKeys === "")
      throw new Refused("RECORD_KEYS is not set: there are no keys to tell the public halves of.");
    const { RecordKeys } = await import("../../github/record/keys.js");
    RecordKeys.from({ recordKeys }); // says what is wrong with one
    return print(publicHalves(recordKeys));
  },
});
