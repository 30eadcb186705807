import { guarded, type Keeper, type Put } from "./guard.js";
import { InMemoryNotices } from "./inMemoryNotices.js";
import { InMemoryViews } from "./inMemoryViews.js";
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
  Transition,
} from "./port.js";

/** A store that is gone with its process: for the demo, the sandbox, and tests. */
export const inMemoryStore = (): Store =>
  guarded(new InMemory(), () => "The clerk's memory could not be read or written.");

interface Proposal {
  register: KeptRegister | null;
  readonly lines: Transition[];
  /** By subject. */
  readonly intents: Map<string, Intent>;
}

/** What is handed in and out is copied, as a disk would: a caller who changes their copy changes nothing here. */
class InMemory implements Keeper {
  readonly #proposals = new Map<string, Proposal>();
  readonly #lawful = new Map<number, KeptLawful>();
  readonly #decisions = new Map<number, KeptDecision[]>();
  readonly #rows = new Map<number, Map<number, ProposalRow>>();
  readonly #rounds = new Map<number, KeptRound>();
  readonly views = new InMemoryViews();
  readonly notices = new InMemoryNotices(this.views);

  async register(of: ProposalKey): Promise<KeptRegister | null> {
    return copied(this.#of(of).register);
  }

  async putRegister(
    of: ProposalKey,
    next: KeptRegister,
    expected: number | null,
    line: Transition,
  ): Promise<Put<KeptRegister>> {
    const proposal = this.#of(of);
    if ((proposal.register?.sequence ?? null) !== expected)
      return { kind: "conflict", kept: copied(proposal.register) };
    proposal.register = { ...next };
    proposal.lines.push({ ...line });
    return { kind: "stored" };
  }

  async transitions(of: ProposalKey): Promise<readonly Transition[]> {
    return this.#of(of).lines.map((line) => ({ ...line }));
  }

  async lawful(repository: number): Promise<KeptLawful | null> {
    return copied(this.#lawful.get(repository) ?? null);
  }

  async putLawful(repository: number, next: KeptLawful, expected: number | null): Promise<Put<KeptLawful>> {
    const kept = this.#lawful.get(repository) ?? null;
    if ((kept?.number ?? null) !== expected) return { kind: "conflict", kept: copied(kept) };
    this.#lawful.set(repository, { ...next });
    return { kind: "stored" };
  }

  async intend(of: ProposalKey, intent: Intent): Promise<void> {
    this.#of(of).intents.set(intent.subject, { ...intent });
  }

  async settle(of: ProposalKey, subject: string): Promise<void> {
    this.#of(of).intents.delete(subject);
  }

  async intents(of: ProposalKey): Promise<readonly Intent[]> {
    return [...this.#of(of).intents.values()].map((intent) => ({ ...intent }));
  }

  async decisionsOf({ repository, pull }: ProposalKey): Promise<readonly KeptDecision[]> {
    return this.#decided(repository)
      .filter((one) => one.pull === pull)
      .map((one) => ({ ...one }));
  }

  async newestDecision(repository: number): Promise<DecisionLine | null> {
    const newest = this.#decided(repository).at(-1);
    return newest === undefined ? null : lineOf(newest);
  }

  async decisions(repository: number): Promise<readonly DecisionLine[]> {
    return this.#decided(repository).map(lineOf);
  }

  async putDecision(
    repository: number,
    next: KeptDecision,
    expected: number | null,
  ): Promise<Put<DecisionLine>> {
    const kept = this.#decided(repository);
    const newest = kept.at(-1);
    const twice = kept.some((one) => one.pull === next.pull && one.motion === next.motion);
    if (twice || (newest?.number ?? null) !== expected)
      return { kind: "conflict", kept: newest === undefined ? null : lineOf(newest) };
    this.#decisions.set(repository, [...kept, { ...next }]);
    return { kind: "stored" };
  }

  async linkDecision(repository: number, number: number, url: string): Promise<void> {
    const linked = this.#decided(repository).map((one) => (one.number === number ? { ...one, url } : one));
    this.#decisions.set(repository, linked);
  }

  #decided(repository: number): readonly KeptDecision[] {
    return this.#decisions.get(repository) ?? [];
  }

  async proposals(repository: number): Promise<readonly ProposalRow[]> {
    const rows = [...(this.#rows.get(repository)?.values() ?? [])].map((row) => ({
      ...row,
      labels: [...row.labels],
    }));
    return rows.sort((a, b) => a.pull - b.pull);
  }

  async putProposals(repository: number, rows: readonly ProposalRow[]): Promise<void> {
    const kept = this.#rows.get(repository) ?? new Map<number, ProposalRow>();
    for (const row of rows) kept.set(row.pull, { ...row, labels: [...row.labels] });
    this.#rows.set(repository, kept);
  }

  async unsettle(repository: number, pulls: readonly number[]): Promise<void> {
    const kept = this.#rows.get(repository);
    for (const pull of pulls) {
      const row = kept?.get(pull);
      if (row !== undefined) kept?.set(pull, { ...row, settled: "" });
    }
  }

  async round(repository: number): Promise<KeptRound | null> {
    return copied(this.#rounds.get(repository) ?? null);
  }

  async putRound(repository: number, round: KeptRound): Promise<void> {
    this.#rounds.set(repository, { ...round });
  }

  async keepRowsOf(repositories: readonly number[]): Promise<void> {
    const kept = new Set(repositories);
    for (const one of [this.#rows, this.#rounds])
      for (const repository of one.keys()) if (!kept.has(repository)) one.delete(repository);
    this.views.keepOnly(kept);
    this.notices.keepOnly(kept);
  }

  async close(): Promise<void> {}

  #of({ repository, pull }: ProposalKey): Proposal {
    const key = `${repository}#${pull}`;
    const known = this.#proposals.get(key);
    if (known !== undefined) return known;
    const proposal: Proposal = { register: null, lines: [], intents: new Map() };
    this.#proposals.set(key, proposal);
    return proposal;
  }
}

const lineOf = ({ record: _, ...line }: KeptDecision): DecisionLine => line;

const copied = <T extends object>(kept: T | null): T | null => (kept === null ? null : { ...kept });
