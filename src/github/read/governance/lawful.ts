// One file: from what is kept to what is lawful, each step is safe only after the one before it, so they are read in a row.

import type { ValidConfig } from "../../../config/outcome.js";
import { rulesFingerprint, sameMeaning } from "../../../domain/amendment/differences.js";
import { lawfulChain } from "../../../domain/amendment/lawful.js";
import type { LawfulNote } from "../../../domain/model/register.js";
import type { Rules } from "../../../domain/model/rules.js";
import type { Snapshot } from "../../../domain/model/snapshot.js";
import { type Instant, MINUTE, SECOND } from "../../../domain/text/time.js";
import type { Clock } from "../../../platform/clock.js";
import type { Log } from "../../../platform/log.js";
import type { Meter } from "../../client/meter.js";
import type { LawfulConfig, LawfulMemory, RepositoryRef } from "../../ports.js";
import { type NotRead, type Read, type Unreadable, unreadable } from "../../readResult.js";
import { repositoryKey } from "../../refs.js";
import type { ConfigHistory } from "./configHistory.js";
import type { MergedRecords } from "./mergedRecords.js";
import { PassedSteps } from "./passedSteps.js";
import { type HasIssues, lawfulByHistory, noteIn, type Traces, tracesIn } from "./traces.js";

/** Is the present config lawful, and if not, which was last? */
export type Lawfulness =
  | { readonly kind: "lawful"; readonly note: LawfulNote }
  | { readonly kind: "unlawful"; readonly note: LawfulNote; readonly rules: Rules }
  /** Both copies of what was lawful are lost. `present`: how the present config is noted, should people confirm it. */
  | { readonly kind: "lost"; readonly present: LawfulNote }
  | NotRead;

interface KnownLawful {
  readonly note: LawfulNote;
  readonly rules: Rules;
}

export interface LawfulOptions {
  readonly memory: LawfulMemory;
  readonly registers: MergedRecords;
  readonly texts: ConfigHistory;
  readonly clock: Clock;
  readonly log: Log;
  /** Reading other pull requests is not counted for any one reconcile. */
  readonly meter: Meter;
  /** null: the text is no config (any more). */
  readonly parse: (text: string) => Rules | null;
  /** Has the clerk opened an issue here? */
  readonly hasIssues: HasIssues;
}

interface Fruitless {
  /** Of what was kept then, and the fingerprint of the rules in force. */
  readonly number: number | null;
  readonly fingerprint: string;
  /** The newest note that was found, which led nowhere: a newer one is a reason to search again. */
  readonly note: number;
  readonly until: Instant;
}

/** After this time a search that found nothing is made again: GitHub may not have shown it yet. */
const AGAIN = 10 * MINUTE;

/**
 * config.lawful: which config is lawful is kept, in the clerk's store and signed in every record, and goes on from there by amendments that
 * passed, fingerprint to fingerprint. The branch's history is used only for the names of commits and people: everybody who can push can rewrite it.
 */
export class Lawful {
  readonly #options: LawfulOptions;
  readonly #traces: Traces;
  readonly #steps: PassedSteps;
  /** One answer at a time for each repository: what is found is kept once. */
  readonly #asking = new Map<string, Promise<Lawfulness>>();
  /** Searches that led nowhere, so that they are not repeated at every reconcile. */
  readonly #fruitless = new Map<string, Fruitless>();
  readonly #rules = new Map<string, { readonly text: string; readonly rules: Rules | null }>();

  constructor(options: LawfulOptions) {
    this.#options = options;
    this.#traces = tracesIn(options);
    this.#steps = new PassedSteps(options);
  }

  /** `sight`: the snapshot at hand, whose record may be the one that is left. */
  state(ref: RepositoryRef, config: ValidConfig, sight: Snapshot | null = null): Promise<Lawfulness> {
    const key = repositoryKey(ref);
    const before = this.#asking.get(key) ?? Promise.resolve(null);
    const ask = () => this.#state(ref, config, sight);
    const asked = before.catch(() => null).then(() => this.#options.meter.apart(ask));
    this.#asking.set(key, asked);
    return asked.finally(() => {
      if (this.#asking.get(key) === asked) this.#asking.delete(key);
    });
  }

  /** The rules kept as lawful; null: nothing is kept, or it can be read no more. */
  async kept(repository: number): Promise<Read<{ lawful: KnownLawful | null }> | Unreadable> {
    const stored = await this.#options.memory.lawful(repository);
    if (stored.kind === "unavailable") return this.#unavailable(stored.why);
    const rules = stored.kept === null ? null : this.#rulesOf(repository, stored.kept);
    const lawful = stored.kept === null || rules === null ? null : { note: noteOf(stored.kept), rules };
    return { kind: "read", lawful };
  }

  async #state(ref: RepositoryRef, config: ValidConfig, sight: Snapshot | null): Promise<Lawfulness> {
    const stored = await this.#options.memory.lawful(config.repository);
    if (stored.kind === "unavailable") return this.#unavailable(stored.why);
    const known =
      stored.kept === null
        ? await this.#recover(ref, config, sight, null)
        : ({ kind: "kept", kept: stored.kept } as const);
    if (known.kind !== "kept") return known;
    const { kept } = known;
    const rules = this.#rulesOf(config.repository, kept);
    // A store put back from a copy is older than what the clerk has signed since: the newer note is what was kept last.
    const overtaken = stored.kept !== null && noteIn(sight) > kept.number;
    if (rules === null || overtaken) {
      // Or this clerk cannot read it as a config any more: it is as good as lost, but nothing older than it counts.
      const anew = await this.#recover(ref, config, sight, kept);
      return anew.kind === "kept" ? this.#state(ref, config, null) : anew;
    }
    // Nobody votes on other words for the same rules, so they are as lawful; the same words need no comparing.
    if (kept.text === config.text || sameMeaning(rules, config.rules))
      return { kind: "lawful", note: noteOf(kept) };
    return this.#onwards(ref, config, kept, rules);
  }

  /** From what is kept on, by the amendments that have passed since. */
  async #onwards(
    ref: RepositoryRef,
    config: ValidConfig,
    kept: LawfulConfig,
    rules: Rules,
  ): Promise<Lawfulness> {
    const present = rulesFingerprint(config.rules);
    const stays: Lawfulness = { kind: "unlawful", note: noteOf(kept), rules };
    const key = repositoryKey(ref);
    if (this.#fruitlessFor(key, kept.number, present) !== null) return stays;
    const history = await this.#options.texts.versions(ref);
    if (history.kind !== "read") return history;
    const tip = history.versions.at(-1)?.rules ?? null;
    if (tip === null || rulesFingerprint(tip) !== present)
      return unreadable("the config's history does not show its last change yet", null);
    const named = await this.#steps.named(ref, config, kept, history.versions);
    if (named.kind === "unreadable") return named;
    let taken = lawfulChain(kept, named.steps, present);
    if (taken.at(-1)?.makes !== present) {
      const others = await this.#steps.others(ref, config, history.versions);
      if (others.kind === "unreadable") return others;
      taken = lawfulChain(kept, [...named.steps, ...others.steps], present);
    }
    const last = taken.at(-1);
    if (last === undefined) {
      this.#fruitless.set(key, {
        number: kept.number,
        fingerprint: present,
        note: kept.number,
        until: this.#options.clock.now() + AGAIN,
      });
      return stays;
    }
    const number = kept.number + taken.length;
    const { adoptedAt } = kept;
    if (last.makes === present) {
      const { commit, text } = config;
      return this.#keep(ref, config, { number, fingerprint: present, commit, text, adoptedAt }, kept.number);
    }
    // The last that was lawful, on the way to what is not.
    const commit = history.versions.find(({ pull }) => pull === last.pull)?.commit ?? kept.commit;
    const read = await this.#options.texts.textAt(ref, commit);
    if (read.kind !== "read") return read;
    if (read.text === null) return unreadable(`the config at ${commit} cannot be read`, null);
    return this.#keep(
      ref,
      config,
      { number, fingerprint: last.makes, commit, text: read.text, adoptedAt },
      kept.number,
    );
  }

  /** With nothing in the store: what the signed records say, or, where the clerk has never been, that this is the first config. */
  async #recover(
    ref: RepositoryRef,
    config: ValidConfig,
    sight: Snapshot | null,
    unreadable: LawfulConfig | null,
  ): Promise<
    | { readonly kind: "kept"; readonly kept: LawfulConfig }
    | Exclude<Lawfulness, { kind: "lawful" | "unlawful" }>
  > {
    const key = repositoryKey(ref);
    const present = rulesFingerprint(config.rules);
    const fruitless = this.#fruitlessFor(key, null, present);
    if (fruitless !== null && noteIn(sight) <= fruitless.note)
      return { kind: "lost", present: this.#presentNote(config, config.adoptedAt) };
    const traces = await this.#traces(ref, config, sight);
    if (traces.kind !== "read") return traces;
    const notAfter = (at: Instant) => Math.min(at, traces.firstWord ?? at);
    const adoptedAt = notAfter(config.adoptedAt);
    const { commit, text } = config;
    const first = (kept: LawfulConfig) => this.#first(ref, config, kept, unreadable?.number ?? null);
    const note =
      traces.newest !== null && traces.newest.number > (unreadable?.number ?? 0) ? traces.newest : null;
    if (note !== null) {
      const read = await this.#options.texts.textAt(ref, note.commit);
      if (read.kind !== "read") return read;
      if (read.text !== null) {
        return first({
          ...note,
          text: read.text,
          adoptedAt: notAfter(note.adoptedAt),
        });
      }
    } else if (traces.steps.some(({ judgedBy, makes }) => judgedBy === null && makes === present)) {
      // Ratified while nobody knew what was lawful.
      return first({ number: this.#newNumber(), fingerprint: present, commit, text, adoptedAt });
    } else if (unreadable === null && traces.recordsOfBefore) {
      const before = await lawfulByHistory(this.#options, ref, config);
      if (before.kind !== "read") return before;
      if (before.text !== null)
        return first({
          number: 1,
          fingerprint: before.fingerprint,
          commit: before.commit,
          text: before.text,
          adoptedAt,
        });
    } else if (unreadable === null && !traces.spoken) {
      return first({ number: 1, fingerprint: present, commit, text, adoptedAt });
    }
    this.#options.log.error(
      "The clerk has been here before, and both its copies of which config is lawful are lost. Nothing begins or concludes until it is confirmed or amended.",
      { repository: key },
    );
    this.#fruitless.set(key, {
      number: null,
      fingerprint: present,
      note: traces.newest?.number ?? 0,
      until: this.#options.clock.now() + AGAIN,
    });
    return { kind: "lost", present: this.#presentNote(config, adoptedAt) };
  }

  async #first(ref: RepositoryRef, config: ValidConfig, kept: LawfulConfig, expected: number | null) {
    const put = await this.#options.memory.putLawful(config.repository, kept, expected);
    if (put.kind === "unavailable") return this.#unavailable(put.why);
    this.#fruitless.delete(repositoryKey(ref));
    if (put.kind === "conflict" && put.kept !== null) return { kind: "kept", kept: put.kept } as const;
    return { kind: "kept", kept } as const;
  }

  async #keep(
    ref: RepositoryRef,
    config: ValidConfig,
    next: LawfulConfig,
    expected: number,
  ): Promise<Lawfulness> {
    const put = await this.#options.memory.putLawful(config.repository, next, expected);
    if (put.kind === "unavailable") return this.#unavailable(put.why);
    const { clock, log } = this.#options;
    if (put.kind === "conflict")
      return unreadable("another instance has just kept another config as lawful", clock.now() + SECOND);
    log.info("Another config is lawful now, by an approved amendment.", {
      repository: repositoryKey(ref),
      commit: next.commit,
    });
    return this.#state(ref, config, null);
  }

  #presentNote({ rules, commit }: ValidConfig, adoptedAt: Instant): LawfulNote {
    return { number: this.#newNumber(), fingerprint: rulesFingerprint(rules), commit, adoptedAt };
  }

  /** Above every number there has been, which nobody knows any more: seconds. */
  #newNumber(): number {
    return Math.floor(this.#options.clock.now() / SECOND);
  }

  #fruitlessFor(key: string, number: number | null, fingerprint: string): Fruitless | null {
    const known = this.#fruitless.get(key);
    if (known === undefined || known.number !== number || known.fingerprint !== fingerprint) return null;
    return this.#options.clock.now() < known.until ? known : null;
  }

  /** As this clerk reads the text: a later one may give the same rules another fingerprint. */
  #rulesOf(repository: number, { text }: LawfulConfig): Rules | null {
    const key = String(repository);
    const known = this.#rules.get(key);
    if (known?.text === text) return known.rules;
    const rules = this.#options.parse(text);
    this.#rules.set(key, { text, rules });
    return rules;
  }

  #unavailable(why: string): Unreadable {
    return unreadable(
      `the clerk's store cannot be read or written: ${why}`,
      this.#options.clock.now() + MINUTE,
    );
  }
}

const noteOf = ({ number, fingerprint, commit, adoptedAt }: LawfulConfig): LawfulNote => ({
  number,
  fingerprint,
  commit,
  adoptedAt,
});
