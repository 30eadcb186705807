import type { ReadingConfig, ValidConfig } from "../../config/outcome.js";
import type { Action } from "../../domain/model/action.js";
import { CONFIG_FILE, type Rules } from "../../domain/model/rules.js";
import type { Instant } from "../../domain/text/time.js";
import type { ProposalRef, RepositoryRef } from "../../github/ports.js";
import type { RepositorySettings } from "../../github/read/checkup.js";
import { READ_TOGETHER } from "../../github/read/sameMoment.js";
import { NO_CLERK } from "../../github/read/whoIsTheClerk.js";
import { asAdopted, judgedBy } from "../draft/asAdopted.js";
import type { FirstDay } from "../draft/firstDay.js";
import { type Patience, patient } from "../draft/patience.js";
import { type Session, type Wanted, whyNot } from "../session.js";
import { type Simulated, simulated } from "./judge.js";
import { type Surroundings, surroundings } from "./surroundings.js";

/** What a simulation goes by, known before the first pull request is read. */
export interface Setting {
  readonly repository: string;
  /** Name of the draft, for people. */
  readonly file: string;
  /** Login of the clerk that is at work there already; null: none is. */
  readonly clerk: string | null;
  /** The config of the default branch, with which the draft is compared. */
  readonly present:
    | { readonly kind: "valid"; readonly commit: string }
    | { readonly kind: "absent" | "invalid" };
  readonly at: Instant;
}

/** One pull request: `amendment`: it changes the config itself, and what it needs hangs on the config it is merged into. */
export type FoundPull =
  | ({ readonly kind: "simulated" } & Simulated)
  | { readonly kind: "amendment"; readonly number: number }
  | { readonly kind: "unread"; readonly number: number; readonly why: string };

export interface Simulation extends Setting, FirstDay {
  readonly surroundings: Surroundings;
  /** Every open pull request that was read, by number. */
  readonly pulls: readonly Simulated[];
  readonly amendments: readonly number[];
  readonly unread: readonly { readonly number: number; readonly why: string }[];
  /** There are more open pull requests than are listed. */
  readonly more: boolean;
  readonly requests: number;
}

export interface SimulateAsked {
  readonly wanted: Wanted;
  readonly file: string;
  readonly rules: Rules;
  /** Told how far it is. */
  readonly progress: (text: string) => void;
  readonly waits: Patience["waits"];
}

type Not = { readonly kind: "not"; readonly why: string };

/** Pull requests that are read at a time: as many as come by two requests. */
const AT_A_TIME = 2 * READ_TOGETHER;

/** Every open pull request by the draft. Writes nothing: it is given nothing to write with. One that cannot be read is told, and the others are read. */
export async function simulateAll(
  asked: SimulateAsked,
  session: Session,
): Promise<({ readonly kind: "simulation" } & Simulation) | Not> {
  const spending = { requests: 0, bytes: 0, outsiders: false, background: false, mayWriteAt: () => null };
  return session.meter.during(spending, async () => {
    const by = await standing(asked, session);
    if (by.kind === "not") return by;
    const { ref, setting, settings } = by;
    const listed = await patient(() => session.github.reader.everyOpen(ref), by.waiting);
    if (listed.kind !== "read") {
      const why = `The pull requests of ${setting.repository} cannot be listed: ${whyNot(listed, session.clock.now())}.`;
      return { kind: "not", why };
    }
    const found: FoundPull[] = [];
    const numbers = [...listed.numbers].sort((a, b) => a - b);
    for (let at = 0; at < numbers.length; at += AT_A_TIME) {
      asked.progress(`${at} of ${numbers.length} pull requests read`);
      const some = numbers.slice(at, at + AT_A_TIME);
      found.push(...(await Promise.all(some.map((number) => lookAt({ ...ref, number }, by, session)))));
    }
    asked.progress("Looking up the people and the labels that the draft names");
    const named = await surroundings(asked.rules, ref, settings, session.github);
    const pulls = found.filter((one) => one.kind === "simulated");
    return {
      kind: "simulation",
      ...{ ...setting, surroundings: named, pulls, more: listed.cutOff, requests: spending.requests },
      amendments: found.filter(({ kind }) => kind === "amendment").map(({ number }) => number),
      unread: found.filter((one) => one.kind === "unread").map(({ number, why }) => ({ number, why })),
      ...firstDayOf(pulls),
    };
  });
}

/** One pull request, open or not, by the draft. */
export async function simulateOne(
  asked: SimulateAsked,
  number: number,
  session: Session,
): Promise<{ readonly kind: "one"; readonly setting: Setting; readonly pull: Simulated } | Not> {
  const by = await standing(asked, session);
  if (by.kind === "not") return by;
  const found = await lookAt({ ...by.ref, number }, by, session);
  const name = `${by.setting.repository}#${number}`;
  switch (found.kind) {
    case "simulated":
      return { kind: "one", setting: by.setting, pull: found };
    case "unread":
      return { kind: "not", why: `${name} cannot be read: ${found.why}.` };
    case "amendment":
      return {
        kind: "not",
        why: `${name} changes ${CONFIG_FILE} itself. What such a change needs hangs on the config it is merged into, and is not judged by a draft of another one.`,
      };
  }
}

/** How each pull request is read and judged. */
interface Standing {
  readonly kind: "standing";
  readonly ref: RepositoryRef;
  readonly setting: Setting;
  readonly settings: RepositorySettings;
  readonly rules: Rules;
  /** The config in force; null: there is none to compare with. */
  readonly present: ValidConfig | null;
  readonly waiting: Patience;
}

async function standing(
  { wanted, file, rules, waits }: SimulateAsked,
  session: Session,
): Promise<Standing | Not> {
  const { installation, clock, github } = session;
  const ref = { owner: wanted.owner, name: wanted.name, installation };
  const repository = `${ref.owner}/${ref.name}`;
  const config = await github.reader.config(ref, true);
  if (config.kind === "unreadable")
    return {
      kind: "not",
      why: `The config of ${repository} cannot be read: ${whyNot(config, clock.now())}.`,
    };
  const read = await github.checkup.repository(ref);
  if (read.kind !== "read")
    return { kind: "not", why: `${repository} cannot be read: ${whyNot(read, clock.now())}.` };
  const clerk = await github.evidence.clerk();
  return {
    kind: "standing",
    ...{ ref, rules, settings: read.repository },
    present: config.kind === "valid" ? config : null,
    setting: {
      ...{ repository, file, at: clock.now() },
      clerk: clerk === NO_CLERK.account.login ? null : clerk,
      present: config.kind === "valid" ? { kind: "valid", commit: config.commit } : { kind: config.kind },
    },
    // Whoever has enough of it ends the process: nothing is half done, as nothing is done.
    waiting: { clock, waits, signal: new AbortController().signal },
  };
}

async function lookAt(
  ref: ProposalRef,
  { rules, present, setting, waiting }: Standing,
  session: Session,
): Promise<FoundPull> {
  const { reader, evidence } = session.github;
  const unread = (read: Parameters<typeof whyNot>[0]): FoundPull => ({
    ...{ kind: "unread", number: ref.number, why: whyNot(read, session.clock.now()) },
  });
  try {
    const now =
      present === null ? null : await patient(() => reader.proposal(ref, present, () => null), waiting);
    if (now !== null && now.kind !== "read") return unread(now);
    // act.adoption: a draft that takes the place of a config changes nothing about what was said since that one came.
    const adoptedAt = now === null ? setting.at : now.snapshot.adoptedAt;
    const by: ReadingConfig = { rules, adoptedAt };
    const then = await patient(() => evidence.pull(ref, by), waiting);
    if (then.kind !== "read") return unread(then);
    if (then.snapshot.files.some(({ path }) => path === CONFIG_FILE))
      return { kind: "amendment", number: ref.number };
    const at = session.clock.now();
    const draft = asAdopted(then.snapshot, rules, adoptedAt, at);
    const today = now === null || present === null ? null : judgedBy(now.snapshot, present.rules, at);
    return { kind: "simulated", ...simulated(draft, rules, today) };
  } finally {
    evidence.forget(ref);
  }
}

/** What would be written on proposals: on the others it is a check that says so, and nothing else. */
function firstDayOf(pulls: readonly Simulated[]): FirstDay {
  const firstDay = new Map<Action["kind"], number>();
  const written = pulls.filter(({ stand, draft }) => stand !== "not_a_proposal" && draft.actions.length > 0);
  for (const { kind } of written.flatMap(({ draft }) => draft.actions))
    firstDay.set(kind, (firstDay.get(kind) ?? 0) + 1);
  return { firstDay, firstDayOn: written.length };
}
