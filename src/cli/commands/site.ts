import { APP_OPTION, JSON_OPTION, NEEDS_READER, repositoryIn, signedIn } from "../asking.js";
import { command } from "../command.js";
import { Misuse } from "../misuse.js";
import { progress, tell } from "../terminal.js";

export const siteRow = command({
  name: "site",
  group: "Keep",
  takes: "OWNER/REPO",
  words: [1, 1],
  line: "writes the public pages as files, for any web server",
  about: [
    "Writes the public pages of a repository as files: the board, a page for each proposal, the roster, the decisions, data and feeds. The folder is replaced whole, and only when all is there.",
  ],
  options: {
    out: { type: "string", value: "DIR", does: "the folder to write; must be given" },
    url: {
      type: "string",
      value: "URL",
      does: "where they will be reached, for the feeds: https://acme.github.io/standards",
    },
    json: JSON_OPTION,
    app: APP_OPTION,
  },
  needs: NEEDS_READER,
  exits: new Map([
    [0, "they are written"],
    [1, "something cannot be read or written; what was there stands as it was"],
  ]),
  examples: ["site acme/standards --out public"],
  run: async ({ words: [word = ""], options: { out, url, json, app } }) => {
    if (out === null) throw new Misuse("Where to? Name a folder: msc-clerk site OWNER/REPO --out DIR.");
    if (url !== null && !/^https?:\/\/[^\s]+$/.test(url))
      throw new Misuse(`"${url}" is no address: write it as https://example.org/proposals.`);
    const wanted = await repositoryIn(word);
    const session = await signedIn(wanted, app);
    const { siteCommand } = await import("../site/siteCommand.js");
    return tell(await siteCommand({ wanted, out, url }, session, progress), json);
  },
});
