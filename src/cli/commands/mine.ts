import { APP_OPTION, JSON_OPTION, NEEDS_READER, repositoryIn, signedIn } from "../asking.js";
import { command } from "../command.js";
import { Misuse } from "../misuse.js";
import { progress, tell } from "../terminal.js";

export const mineRow = command({
  name: "mine",
  group: "Ask it",
  takes: "OWNER/REPO [LOGIN]",
  words: [1, 2],
  line: "what waits for you, or for LOGIN, the longest first",
  about: [
    "Tells what waits for somebody on the open proposals, the longest first: their votes, their concerns, what they could clear, what is theirs. Without LOGIN it is whoever's token it is.",
  ],
  options: { json: JSON_OPTION, app: APP_OPTION },
  needs: NEEDS_READER,
  exits: new Map([
    [0, "it was told, also where nothing waits"],
    [1, "it cannot be read"],
  ]),
  examples: ["mine acme/standards", "mine acme/standards dbkr"],
  run: async ({ words: [word = "", login = null], options: { json, app } }) => {
    const wanted = await repositoryIn(word);
    const whose = login?.replace(/^@/, "") ?? null;
    if (whose !== null && !/^[A-Za-z0-9_-]{1,100}$/.test(whose))
      throw new Misuse(`"${login}" is no login: write it as dbkr.`);
    const session = await signedIn(wanted, app);
    return tell(await (await import("../mine.js")).mine(wanted, whose, session, progress), json);
  },
});
