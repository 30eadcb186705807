import { existsSync, writeFileSync } from "node:fs";
import { readCheckpoint } from "../decisions/checkpoint.js";
import { recordInComment } from "../decisions/inComment.js";
import { publicKeyBytes } from "../decisions/signingKeys.js";
import { caseText } from "../decisions/verify/caseFile.js";
import type { FoundRecord } from "../decisions/verify/facts.js";
import { withFullStop } from "../domain/messages/grammar.js";
import { hasNothingToSignInWith } from "../environment/credentials.js";
import { readBaseUrl } from "../environment/gitHubApi.js";
import { connectPublicly } from "../github/connectPublicly.js";
import { NO_INSTALLATION } from "../github/read/whoIsTheClerk.js";
import { baseUrl, pullIn, repositoryIn, signedIn } from "./asking.js";
import { gatherCase } from "./gatherCase.js";
import { Misuse, Refused } from "./misuse.js";
import { nameIn, type PullName, pullNamed } from "./named.js";
import { COLOURS, complain, print, printJson, progress } from "./terminal.js";
import { fileText, whyNotFile } from "./textFile.js";
import { replayText, type VerifyAsked, verifyAlones, verifyCase, verifyText } from "./verifyCase.js";
import { verifyRegister } from "./verifyRegister.js";
import { withColours } from "./verifyText.js";

export interface VerifyOptions {
  readonly all: boolean;
  readonly checkpoint: string | null;
  readonly key: readonly string[];
  readonly json: boolean;
  readonly app: string | null;
}

/** `msc-clerk verify …`: resolves with the exit code. */
export async function verify(
  what: string,
  { all: whole, checkpoint, key, json, app }: VerifyOptions,
): Promise<number> {
  const pinned = key.map(keyOf);
  if (checkpoint !== null && !whole)
    throw new Misuse("--checkpoint goes with --all: it is held against the whole register.");
  const asked = await (whole ? all(what, pinned, checkpoint, app) : one(what, pinned, app));
  return tell(asked, json);
}

async function one(what: string, pinned: readonly string[], app: string | null): Promise<VerifyAsked> {
  // What lies here by that name is meant: a case is saved under any name.
  if (what === "-" || existsSync(what))
    return verifyText(fileText(what), what === "-" ? "What was pasted" : what, pinned);
  const base = await baseUrl();
  if (nameIn(what, base).kind === "not" && !/#|^https?:/.test(what))
    throw new Refused(`There is no file ${what}; a pull request is written as acme/standards#12.`);
  const wanted = pullNamed(what, base);
  if (hasNothingToSignInWith(process.env)) return alone(wanted, pinned);
  const session = await signedIn(wanted, app);
  progress(`Reading ${what} and what its records are held against`);
  const gathered = await gatherCase(wanted, session, readBaseUrl(process.env));
  return gathered.kind === "case" ? verifyCase(gathered.case, pinned) : gathered;
}

/** What is public needs no token: the comments of the proposal. */
async function alone(wanted: PullName, pinned: readonly string[]): Promise<VerifyAsked> {
  const there = `${wanted.owner}/${wanted.name}#${wanted.number}`;
  const read = await connectPublicly(readBaseUrl(process.env)).commentsOn({
    ...wanted,
    installation: NO_INSTALLATION,
  });
  if (read.kind !== "read")
    return {
      why: `${withFullStop(`${there} cannot be read without a token: ${read.why}`)} Set GITHUB_TOKEN.`,
    };
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
  const wanted = await repositoryIn(what);
  const kept = checkpoint === null ? null : keptIn(checkpoint);
  const session = await signedIn(wanted, app);
  return verifyRegister(wanted, session, { pinned, kept, from: readBaseUrl(process.env) }, progress);
}

/** What is no checkpoint at all speaks for nothing and against nobody. */
function keptIn(file: string): string {
  const text = fileText(file);
  if (readCheckpoint(text) === null)
    throw new Refused(
      `${file} holds no checkpoint: that is five lines, the first with the repository's number, the fourth empty, the last with a signature, and nothing else.`,
    );
  return text;
}

/** `msc-clerk record …` */
export async function record(
  what: string,
  { out, app }: { readonly out: string | null; readonly app: string | null },
): Promise<number> {
  const wanted = await pullIn(what);
  const session = await signedIn(wanted, app);
  progress(`Reading ${what} and what its records are held against`);
  const gathered = await gatherCase(wanted, session, readBaseUrl(process.env));
  if (gathered.kind === "not") return complain(gathered.why);
  const text = caseText(gathered.case);
  if (out === null) return print(text.replace(/\n$/, ""));
  try {
    writeFileSync(out, text, { flag: "wx" });
  } catch (thrown) {
    return complain(`${out} cannot be written: ${whyNotFile(thrown)}.`);
  }
  return print(
    `Saved in ${out}: \`msc-clerk verify ${out}\` and \`msc-clerk replay ${out}\` need nothing else.`,
  );
}

/** `msc-clerk replay FILE` */
export const replay = async (file: string, { json }: { readonly json: boolean }): Promise<number> =>
  tell(replayText(fileText(file), file), json);

function keyOf(key: string): string {
  if (publicKeyBytes(key) === null)
    throw new Misuse(
      `"${key}" is no public key of a clerk: write it as ed25519: and 44 letters of base64, as record_keys in the config has it.`,
    );
  return key;
}

function tell(asked: VerifyAsked, json: boolean): number {
  if ("why" in asked) return complain(asked.why);
  if (json) printJson(asked.json);
  else print(withColours(asked.text, COLOURS));
  return asked.code;
}
