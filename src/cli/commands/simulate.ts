import { APP_OPTION, baseUrl, JSON_OPTION, NEEDS_READER } from "../asking.js";
import { command } from "../command.js";
import { Misuse } from "../misuse.js";
import { nameIn } from "../named.js";

export const simulateRow = command({
  name: "simulate",
  group: "Try it",
  takes: "FILE OWNER/REPO[#NUMBER]",
  words: [2, 2],
  line: "what a draft of the config would make of the open proposals",
  about: [
    "Tells what the rules in FILE (- for standard input) would make of a repository as it stands, as if they had just been adopted: where each open proposal would stand, whose votes would not count, what would be written, and which people and labels they name that are not there. With a number, or the address of a pull request, it tells all that `explain` tells of that one. Nothing is written anywhere.",
    "`simulate` judges the present by a draft, and holds it against the config in force, if there is one. `shadow` decides the past anew, and holds it against what an older bot made of it.",
  ],
  options: { json: JSON_OPTION, app: APP_OPTION },
  needs: NEEDS_READER,
  exits: new Map([
    [0, "it was told"],
    [1, "something could not be read, or FILE is not right"],
  ]),
  examples: ["simulate draft.yml acme/standards", "simulate draft.yml acme/standards#12"],
  run: async ({ words: [file = "", word = ""], options }) => {
    const place = nameIn(word, await baseUrl());
    if (place.kind === "not")
      throw new Misuse(
        `"${word}" names neither a repository nor a pull request: it ${place.why}. Write it as acme/standards or acme/standards#12.`,
      );
    const { kind: _, ...wanted } = place;
    return (await import("../simulate/simulateCommand.js")).simulateCommand(file, wanted, options);
  },
});
