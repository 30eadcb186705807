import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { recordInComment } from "../decisions/inComment.js";
import { publicKeyBytes } from "../decisions/signingKeys.js";
import { caseText } from "../decisions/verify/caseFile.js";
import type { FoundRecord } from "../decisions/verify/facts.js";
import { hasNothingToSignInWith, readBaseUrl } from "../environment.js";
import { connectPublicly } from "../github/connectPublicly.js";
import { NO_INSTALLATION } from "../github/read/whoIsTheClerk.js";
import { addDotEnv } from "../platform/dotEnv.js";
import { errorMessage } from "../platform/log.js";
import { gatherCase } from "./gatherCase.js";
import { Misuse } from "./misuse.js";
import type { Session, Wanted } from "./session.js";
import { signIn } from "./signIn.js";
import { replayText, type VerifyAsked, verifyAlones, verifyCase, verifyText } from "./verifyCase.js";
import { verifyRegister } from "./verifyRegister.js";

/** `msc-clerk verify …`: resolves with the exit code. */
export async function verify(rest: readonly string[]): Promise<number> {
  const { values, positionals } = optionsIn(rest, {
    all: { type: "boolean", default: false },
    checkpoint: { type: "string" },
    key: { type: "string", multiple: true, default: [] },
    app: { type: "string" },
    json: { type: "boolean", default: false },
  });
  const [what, ...more] = positionals;
  if (what === undefined || more.length > 0)
    throw new Misuse(
      "verify takes one thing: OWNER/REPO#NUMBER, a file that `record` has saved, or - for a pasted comment.",
    );
  const pinned = values.key.map(keyOf);
  if (values.checkpoint !== undefined && !values.all)
    throw new Misuse("--checkpoint goes with --all: it is held against the whole register.");
  const asked = await (values.all
    ? all(what, pinned, values.checkpoint ?? null, values.app ?? null)
    : one(what, pinned, values.app ?? null));
  return tell(asked, values.json);
}

async function one(what: string, pinned: readonly string[], app: string | null): Promise<VerifyAsked> {
  const wanted = pullIn(what);
  if (wanted === null) return verifyText(textOf(what), what === "-" ? "What was pasted" : what, pinned);
  const fault = addDotEnv(process.env, ".env");
  if (fault !== null) return { why: fault };
  if (hasNothingToSignInWith(process.env)) return alone(wanted, pinned);
  const session = await signedIn(wanted, app);
  if ("why" in session) return session;
  const gathered = await gatherCase(wanted, session, readBaseUrl(process.env));
  return gathered.kind === "case" ? verifyCase(gathered.case, pinned) : gathered;
}

/** What is public needs no token: the comments of the proposal. */
async function alone(wanted: Pull, pinned: readonly string[]): Promise<VerifyAsked> {
  const there = `${wanted.owner}/${wanted.name}#${wanted.number}`;
  const read = await connectPublicly(readBaseUrl(process.env)).commentsOn({
    ...wanted,
    installation: NO_INSTALLATION,
  });
  if (read.kind !== "read")
    return { why: `${there} cannot be read without a token: ${read.why}. Set GITHUB_TOKEN.` };
  const records = read.comments
    .filter(({ author }) => author?.endsWith("[bot]") === true)
    .flatMap(({ body, url }): readonly FoundRecord[] => {
      const found = recordInComment(body);
      return found === null ? [] : [{ ...found, url, motion: null, savedBy: "not known" }];
    });
  return records.length === 0
    ? { why: `No signed record of a decision stands on ${there}.` }
    : verifyAlones(records, pinned);
}

async function all(
  what: string,
  pinned: readonly string[],
  checkpoint: string | null,
  app: string | null,
): Promise<VerifyAsked> {
  const [, owner = "", name = ""] = /^([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100})$/.exec(what) ?? [];
  if (owner === "")
    throw new Misuse(`"${what}" names no repository: write it as matrix-org/matrix-spec-proposals.`);
  const kept = checkpoint === null ? null : textOf(checkpoint);
  const session = await signedIn({ owner, name }, app);
  if ("why" in session) return session;
  return verifyRegister({ owner, name }, session, { pinned, kept, from: readBaseUrl(process.env) });
}

/** `msc-clerk record …` */
export async function record(rest: readonly string[]): Promise<number> {
  const { values, positionals } = optionsIn(rest, { out: { type: "string" }, app: { type: "string" } });
  const wanted = positionals.length === 1 ? pullIn(positionals[0] ?? "") : null;
  if (wanted === null)
    throw new Misuse("record takes one pull request: write it as matrix-org/matrix-spec-proposals#1779.");
  const session = await signedIn(wanted, values.app ?? null);
  if ("why" in session) return complain(session.why);
  const gathered = await gatherCase(wanted, session, readBaseUrl(process.env));
  if (gathered.kind === "not") return complain(gathered.why);
  const text = caseText(gathered.case);
  if (values.out === undefined) {
    process.stdout.write(text);
    return 0;
  }
  try {
    writeFileSync(values.out, text, { flag: "wx" });
  } catch (thrown) {
    const there = thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST";
    return complain(
      `${values.out} cannot be written: ${there ? "it is there already" : errorMessage(thrown)}.`,
    );
  }
  process.stdout.write(
    `Saved in ${values.out}: \`msc-clerk verify ${values.out}\` and \`msc-clerk replay ${values.out}\` need nothing else.\n`,
  );
  return 0;
}

/** `msc-clerk replay FILE` */
export async function replay(rest: readonly string[]): Promise<number> {
  const { positionals } = optionsIn(rest, {});
  const [file = ""] = positionals;
  if (positionals.length !== 1) throw new Misuse("replay takes one file that `record` has saved.");
  return tell(replayText(textOf(file), file), false);
}

type Pull = Wanted & { readonly number: number };

/** null: it names no pull request, so it is a file. */
function pullIn(what: string): Pull | null {
  const [, owner = "", name = "", number = ""] =
    /^([A-Za-z0-9-]{1,39})\/([A-Za-z0-9._-]{1,100})#(\d{1,9})$/.exec(what) ?? [];
  return owner === "" ? null : { owner, name, number: Number(number) };
}

async function signedIn(wanted: Wanted, app: string | null): Promise<Session | { readonly why: string }> {
  if (app !== null && !/^[A-Za-z0-9-]{1,100}$/.test(app))
    throw new Misuse(`"${app}" is no App's name: write it as it stands at the end of github.com/apps/SLUG.`);
  const read = await signIn(wanted, app);
  return read.kind === "signed_in" ? read.session : read;
}

function keyOf(key: string): string {
  if (publicKeyBytes(key) === null)
    throw new Misuse(
      `"${key}" is no public key of a clerk: write it as ed25519: and 44 letters of base64, as record_keys in the config has it.`,
    );
  return key;
}

/** `-`: what is piped in. */
function textOf(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (thrown) {
    const none = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
    throw new Misuse(
      none
        ? `There is no file ${file}; a pull request is written as matrix-org/matrix-spec-proposals#1779.`
        : `${file} cannot be read: ${errorMessage(thrown)}.`,
    );
  }
}

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>;

function optionsIn<const O extends Options>(rest: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...rest], options, allowPositionals: true, strict: true });
  } catch (thrown) {
    throw new Misuse(`${errorMessage(thrown).replace(/\. .*$/s, "")}.`);
  }
}

function tell(asked: VerifyAsked, json: boolean): number {
  if ("why" in asked) return complain(asked.why);
  process.stdout.write(`${json ? JSON.stringify(asked.json, null, 2) : asked.text}\n`);
  return asked.code;
}

function complain(why: string): number {
  process.stderr.write(`msc-clerk: ${why}\n`);
  return 1;
}
