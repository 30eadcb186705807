import { parseArgs } from "node:util";
import { WEBHOOK_PATH } from "msc-clerk/app.js";
import { errorMessage } from "msc-clerk/platform/log.js";
import type { OwnPlace } from "./opening.js";

const WEBHOOKS = `http://localhost:3000${WEBHOOK_PATH}`;
export const DEFAULT_PORT = 4100;
/** Where a body's own repository is when nobody says. */
const YOURS: OwnPlace = { owner: "your-org", name: "proposals" };

export const SANDBOX_USAGE = `npm run sandbox
  A small GitHub on this machine with the clerk at work in it; it prints the address of its page. It begins with the Matrix roster
  and some of its proposals.

npm run sandbox -- --config FILE [--repo OWNER/NAME]
  The same with your own rules: everybody of the roster in FILE can be played, in a repository that has nothing but that config
  yet. It is called ${YOURS.owner}/${YOURS.name} where nothing is given.

npm run sandbox -- --state FILE
  Goes on from a state that was saved on the page.

npm run sandbox -- --without-clerk FILE [--webhooks URL] [--config FILE …]
  A sandbox for a clerk that you start yourself (a package, a container, a service), to rehearse a deployment. It writes the
  variables that clerk needs to FILE, as a .env file has them, and sends webhooks to URL: ${WEBHOOKS}
  where none is given. The clock goes on as in life and can be moved on; the clerk hears of that with its next requests.

PORT is where the page is: ${DEFAULT_PORT}, or any free port where that is taken.
`;

export type Call =
  | { readonly kind: "help" }
  | { readonly kind: "misuse"; readonly why: string }
  | { readonly kind: "matrix" }
  | OwnCall
  | { readonly kind: "saved"; readonly file: string }
  | {
      readonly kind: "outside";
      readonly file: string;
      readonly webhooks: string;
      /** null: the Matrix rules. */
      readonly own: OwnCall | null;
    };

interface OwnCall {
  readonly kind: "own";
  readonly file: string;
  readonly place: OwnPlace;
}

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  config: { type: "string" },
  repo: { type: "string" },
  state: { type: "string" },
  "without-clerk": { type: "string" },
  webhooks: { type: "string" },
} as const;

export function called(args: readonly string[]): Call {
  try {
    const {
      help,
      config,
      repo,
      state,
      "without-clerk": outside,
      webhooks,
    } = parseArgs({
      args: [...args],
      options: OPTIONS,
    }).values;
    if (help) return { kind: "help" };
    if (repo !== undefined && config === undefined) return misuse("--repo is for --config.");
    if (webhooks !== undefined && outside === undefined) return misuse("--webhooks is for --without-clerk.");
    if (state !== undefined && (config !== undefined || outside !== undefined))
      return misuse("--state goes on from what was saved, so it stands alone.");
    const rules = config === undefined ? null : own(config, repo);
    if (rules?.kind === "misuse") return rules;
    if (state !== undefined) return { kind: "saved", file: state };
    if (outside === undefined) return rules ?? { kind: "matrix" };
    if (webhooks !== undefined && !(/^http:\/\//.test(webhooks) && URL.canParse(webhooks)))
      return misuse("--webhooks is no address: give it as http://HOST:PORT/PATH.");
    return { kind: "outside", file: outside, webhooks: webhooks ?? WEBHOOKS, own: rules };
  } catch (thrown) {
    return misuse(errorMessage(thrown));
  }
}

type Misuse = Extract<Call, { kind: "misuse" }>;
const misuse = (why: string): Misuse => ({ kind: "misuse", why });

function own(file: string, repo: string | undefined): OwnCall | Misuse {
  if (repo === undefined) return { kind: "own", file, place: YOURS };
  const [, owner, name] =
    /^([A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?)\/([A-Za-z0-9._-]{1,100})$/.exec(repo) ?? [];
  return owner === undefined || name === undefined || /^\.\.?$/.test(name)
    ? misuse(`--repo ${repo} names no repository: give it as OWNER/NAME, as GitHub writes it.`)
    : { kind: "own", file, place: { owner, name } };
}
