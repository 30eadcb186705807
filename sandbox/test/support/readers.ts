import { asApp } from "msc-clerk/cli/asApp.js";
import { asReader } from "msc-clerk/cli/asReader.js";
import { explainProposal } from "msc-clerk/cli/explainProposal.js";
import { mine } from "msc-clerk/cli/mine.js";
import { rosterAt } from "msc-clerk/cli/rosterAt.js";
import type { CliResult, Session, SignedIn, Wanted } from "msc-clerk/cli/session.js";
import { siteCommand } from "msc-clerk/cli/site/siteCommand.js";
import { expect } from "vitest";
import { isPull } from "../../src/store.js";
import type { Rehearsal } from "./rehearsal.js";

/** Somebody who has nothing to do with the proposals, and reads. */
const READER = "a-reader";

type Asked = (session: Session) => Promise<CliResult>;

const explaining =
  (r: Rehearsal, number: number): Asked =>
  (session) =>
    explainProposal({ ...repositoryOf(r), number }, session);

/** Who could vote at any time, and under which rules. */
const askingForRoster =
  (r: Rehearsal): Asked =>
  (session) =>
    rosterAt(repositoryOf(r), { from: 0, until: r.clock.now() }, session);

const repositoryOf = ({ sandbox }: Rehearsal) => ({
  owner: sandbox.ownerLogin,
  name: sandbox.repository.name,
});

const told = async (signedIn: SignedIn, asked: Asked): Promise<CliResult> =>
  signedIn.kind === "not" ? signedIn : asked(signedIn.session);

const byApp = async (r: Rehearsal, wanted: Wanted, asked: Asked): Promise<CliResult> =>
  told(await asApp(wanted, r.credentials, r.clock), asked);

interface ReaderAsks {
  readonly login?: string;
  /** What is given with `--app`. */
  readonly app?: string | null;
}

async function byToken(
  r: Rehearsal,
  wanted: Wanted,
  asked: Asked,
  { login = READER, app = null }: ReaderAsks,
): Promise<CliResult> {
  const token = r.sandbox.tokenFor(login);
  const credentials = { token, variable: "GITHUB_TOKEN", baseUrl: r.sandbox.url } as const;
  return told(await asReader(wanted, credentials, app, r.clock), asked);
}

/** What waits for somebody: as the App, and as a reader, for whom it need not be said whom it is about. */
export const mineAsApp = (r: Rehearsal, login: string | null): Promise<CliResult> =>
  byApp(r, repositoryOf(r), (session) => mine(repositoryOf(r), login, session, () => {}));
export const mineAsReader = (r: Rehearsal, login: string | null, asks: ReaderAsks = {}): Promise<CliResult> =>
  byToken(r, repositoryOf(r), (session) => mine(repositoryOf(r), login, session, () => {}), asks);

/** What the App itself answers. */
export const explainAsApp = (r: Rehearsal, number: number): Promise<CliResult> =>
  byApp(r, { ...repositoryOf(r), number }, explaining(r, number));

/** What somebody answers who has a token, and no key of the App's. */
export const explainAsReader = (r: Rehearsal, number: number, asks: ReaderAsks = {}): Promise<CliResult> =>
  byToken(r, { ...repositoryOf(r), number }, explaining(r, number), asks);

/** Of the repository and of every pull request: a reader without the App's key gets the same answer as the App. How many told something. */
export async function expectSameForReaders(r: Rehearsal): Promise<number> {
  const asks = { app: r.sandbox.app.slug };
  let answers = 0;
  const same = async (wanted: Wanted, asked: Asked) => {
    const app = await byApp(r, wanted, asked);
    if (app.kind === "not" && app.why.includes("not installed")) return;
    const reader = await byToken(r, wanted, asked, asks);
    expect(reader, wanted.number === undefined ? "the roster" : `#${wanted.number}`).toEqual(app);
    if (app.kind === "told") answers += 1;
  };
  const there = repositoryOf(r);
  await same(there, askingForRoster(r));
  for (const { number } of [...r.sandbox.repository.threads.values()].filter(isPull))
    await same({ ...there, number }, explaining(r, number));
  return answers;
}

/** The pages as files, by somebody who reads. */
export const siteAsReader = (
  r: Rehearsal,
  out: string,
  { url = null, ...asks }: ReaderAsks & { readonly url?: string | null } = {},
): Promise<CliResult> =>
  byToken(
    r,
    repositoryOf(r),
    (session) => siteCommand({ wanted: repositoryOf(r), out, url }, session, () => {}),
    asks,
  );
