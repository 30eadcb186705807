import type { Instant } from "../domain/text/time.js";
import { guardedNotices } from "./guardNotices.js";
import { guardedViews } from "./guardViews.js";
import type { NoticeKeeper } from "./notices.js";
import type {
  DecisionLine,
  Intent,
  KeptDecision,
  KeptLawful,
  KeptRegister,
  KeptRound,
  ProposalKey,
  ProposalRow,
  Store,
  Stored,
  Transition,
} from "./port.js";
import type { ViewKeeper } from "./views.js";

/**
 * An implementation without its guard: it may rely on being handed only what can be kept, and it throws when the disk or the database
 * fails.
 */
export interface Keeper {
  register(of: ProposalKey): Promise<KeptRegister | null>;
  putRegister(
    of: ProposalKey,
    next: KeptRegister,
    expected: number | null,
    line: Transition,
  ): Promise<Put<KeptRegister>>;
  transitions(of: ProposalKey): Promise<readonly Transition[]>;
  lawful(repository: number): Promise<KeptLawful | null>;
  putLawful(repository: number, next: KeptLawful, expected: number | null): Promise<Put<KeptLawful>>;
  intend(of: ProposalKey, intent: Intent): Promise<void>;
  settle(of: ProposalKey, subject: string): Promise<void>;
  intents(of: ProposalKey): Promise<readonly Intent[]>;
  decisionsOf(of: ProposalKey): Promise<readonly KeptDecision[]>;
  newestDecision(repository: number): Promise<DecisionLine | null>;
  decisions(repository: number): Promise<readonly DecisionLine[]>;
  putDecision(repository: number, next: KeptDecision, expected: number | null): Promise<Put<DecisionLine>>;
  linkDecision(repository: number, number: number, url: string): Promise<void>;
  proposals(repository: number): Promise<readonly ProposalRow[]>;
  putProposals(repository: number, rows: readonly ProposalRow[]): Promise<void>;
  unsettle(repository: number, pulls: readonly number[]): Promise<void>;
  round(repository: number): Promise<KeptRound | null>;
  putRound(repository: number, round: KeptRound): Promise<void>;
  keepRowsOf(repositories: readonly number[]): Promise<void>;
  readonly views: ViewKeeper;
  readonly notices: NoticeKeeper;
  close(): Promise<void>;
}

export type Put<T> = { readonly kind: "stored" } | { readonly kind: "conflict"; readonly kept: T | null };

/**
 * A store from its bare implementation. What could not be read back as it was written is refused before anything is written, alike for
 * every implementation; and whatever the implementation throws becomes `unavailable`, with the sentence that `say` gives for it.
 */
export function guarded(keeper: Keeper, say: (thrown: unknown) => string): Store {
  let closed: Promise<void> | null = null;
  const tally = { errors: 0, transitions: 0, decisions: new Map<string, number>() };
  const underWay = new Set<Promise<unknown>>();
  const kept = async <T>(faults: readonly Fault[], work: () => Promise<T>): Promise<Outcome<T>> => {
    if (closed !== null) return unavailable("The store is closed: the clerk is stopping.");
    const fault = faults.find((found) => found !== null);
    if (fault !== undefined) return unavailable(`The store cannot keep this: ${fault}.`);
    const working = work();
    underWay.add(working);
    try {
      return { kind: "done", of: await working };
    } catch (thrown) {
      tally.errors += 1;
      return unavailable(say(thrown));
    } finally {
      underWay.delete(working);
    }
  };
  const read = async <T>(faults: readonly Fault[], work: () => Promise<T>): Promise<Stored<T>> => {
    const outcome = await kept(faults, work);
    return outcome.kind === "done" ? { kind: "stored", kept: outcome.of } : outcome;
  };
  const put = async <T>(faults: readonly Fault[], work: () => Promise<Put<T>>) => {
    const outcome = await kept(faults, work);
    if (outcome.kind === "unavailable") return outcome;
    return outcome.of.kind === "conflict" ? outcome.of : STORED;
  };
  const written = async (faults: readonly Fault[], work: () => Promise<void>): Promise<Stored<null>> => {
    const outcome = await kept(faults, work);
    return outcome.kind === "done" ? STORED : outcome;
  };
  const guard = { kept: read, repositoryFault, keyFaults, moment };
  return {
    register: (of) => read(keyFaults(of), () => keeper.register(of)),
    putRegister: async (of, next, expected, line) => {
      const outcome = await put(
        [
          ...keyFaults(of),
          whole("the sequence", next.sequence, 0),
          newer("the sequence", next.sequence, expected),
          moment(line.at),
          line.sequence === next.sequence ? null : "the line is of another sequence than the register",
        ],
        () => keeper.putRegister(of, next, expected, line),
      );
      if (outcome.kind === "stored") tally.transitions += 1;
      return outcome;
    },
    transitions: (of) => read(keyFaults(of), () => keeper.transitions(of)),
    lawful: (repository) => read([repositoryFault(repository)], () => keeper.lawful(repository)),
    putLawful: (repository, next, expected) =>
      put(
        [
          repositoryFault(repository),
          whole("the number", next.number, 1),
          newer("the number", next.number, expected),
          moment(next.adoptedAt),
        ],
        () => keeper.putLawful(repository, next, expected),
      ),
    intend: (of, intent) => written([...keyFaults(of), moment(intent.at)], () => keeper.intend(of, intent)),
    settle: (of, subject) => written(keyFaults(of), () => keeper.settle(of, subject)),
    intents: (of) => read(keyFaults(of), () => keeper.intents(of)),
    decisionsOf: (of) => read(keyFaults(of), () => keeper.decisionsOf(of)),
    newestDecision: (repository) =>
      read([repositoryFault(repository)], () => keeper.newestDecision(repository)),
    decisions: (repository) => read([repositoryFault(repository)], () => keeper.decisions(repository)),
    putDecision: async (repository, next, expected) => {
      const outcome = await put(
        [
          repositoryFault(repository),
          whole("the number", next.number, 1),
          next.number === (expected ?? 0) + 1 ? null : "the number is not the next one",
          whole("the pull request's number", next.pull, 0),
          whole("the motion's number", next.motion, 0),
          moment(next.at),
        ],
        () => keeper.putDecision(repository, next, expected),
      );
      if (outcome.kind === "stored")
        tally.decisions.set(next.outcome, (tally.decisions.get(next.outcome) ?? 0) + 1);
      return outcome;
    },
    linkDecision: (repository, number, url) =>
      written([repositoryFault(repository), whole("the number", number, 1)], () =>
        keeper.linkDecision(repository, number, url),
      ),
    proposals: (repository) => read([repositoryFault(repository)], () => keeper.proposals(repository)),
    putProposals: (repository, rows) =>
      written([repositoryFault(repository), ...rows.flatMap(rowFaults)], () =>
        keeper.putProposals(repository, rows),
      ),
    unsettle: (repository, pulls) =>
      written([repositoryFault(repository), ...pulls.map(pullFault)], () =>
        keeper.unsettle(repository, pulls),
      ),
    round: (repository) => read([repositoryFault(repository)], () => keeper.round(repository)),
    putRound: (repository, round) =>
      written([repositoryFault(repository), moment(round.upTo)], () => keeper.putRound(repository, round)),
    keepRowsOf: (repositories) =>
      written(repositories.map(repositoryFault), () => keeper.keepRowsOf(repositories)),
    views: guardedViews(keeper.views, guard),
    notices: guardedNotices(keeper.notices, guard),
    tally: () => tally,
    close: () => {
      closed ??= Promise.allSettled([...underWay])
        .then(() => keeper.close())
        .catch(() => undefined);
      return closed;
    },
  };
}

type Unavailable = { readonly kind: "unavailable"; readonly why: string };
type Outcome<T> = { readonly kind: "done"; readonly of: T } | Unavailable;
/** In plain words; null: there is none. */
type Fault = string | null;

const STORED = { kind: "stored", kept: null } as const;
const unavailable = (why: string): Unavailable => ({ kind: "unavailable", why });

/** Beyond 2^53 a number in JavaScript is no longer the one that was meant. */
const whole = (what: string, number: number, least: number): Fault =>
  Number.isSafeInteger(number) && number >= least ? null : `${what} is no whole number from ${least} on`;

const moment = (at: Instant): Fault =>
  Number.isSafeInteger(at) ? null : "the moment is no whole millisecond";

const newer = (what: string, next: number, expected: number | null): Fault =>
  expected === null || next > expected ? null : `${what} is no newer than the one it would take the place of`;

const repositoryFault = (repository: number): Fault => whole("the repository's id", repository, 0);

const pullFault = (pull: number): Fault => whole("the pull request's number", pull, 0);

const keyFaults = (of: ProposalKey): readonly Fault[] => [repositoryFault(of.repository), pullFault(of.pull)];

const rowFaults = ({ pull, createdAt, updatedAt, readAt, nextCheckAt }: ProposalRow): readonly Fault[] => [
  pullFault(pull),
  ...[createdAt, updatedAt, readAt].map(moment),
  nextCheckAt === null ? null : whole("the next moment", nextCheckAt, 0),
];
