import { LRUCache } from "lru-cache";
import type { Account } from "../../domain/model/people.js";
import type { Rules, SpecRepository } from "../../domain/model/rules.js";
import type { Snapshot } from "../../domain/model/snapshot.js";
import type { SpecFacts, SpecPull } from "../../domain/model/spec.js";
import { isTheirs } from "../../domain/spec/counted.js";
import { proposalsNamed, type SpecNaming } from "../../domain/spec/named.js";
import { fingerprint } from "../../domain/text/fingerprint.js";
import { DAY, type Instant, MINUTE } from "../../domain/text/time.js";
import { atMost } from "../../platform/atMost.js";
import type { Log } from "../../platform/log.js";
import type { Caller } from "../client/call.js";
import { firstPages, readOne } from "../client/rest.js";
import type { ItemOf } from "../client/routes.js";
import type { ProposalRef, RepositoryRef } from "../ports.js";
import { type NotRead, type ReadResult, unreadable } from "../readResult.js";
import { repositoryKey } from "../refs.js";
import { instant } from "./nodes.js";
import { linksTo, readSpecPull, type SpecComment } from "./specPull.js";
import { NO_INSTALLATION } from "./whoIsTheClerk.js";

/** Of a hundred pull requests each, the newest change first: what has not been touched for longer than these is not looked at. */
const MOST_PAGES = 50;
/** Of one proposal: so many of those that nobody else can make are looked at, and so many of all others. */
const MOST_PULLS = 20;
/** At a start and once a day, what changed this long ago is told of again: a stop may have missed it. */
const REACH = 30 * DAY;
/** A list this old is good enough for a proposal that is looked at for another reason. */
const FRESH = MINUTE;
/** What may change by hand: whether the App is installed there, and who may see the repository. */
const PLACE_LIFE = 5 * MINUTE;
/** GitHub's lists may not be in order to the second. */
const OVERLAP = MINUTE;
/** What could not be read is asked for again after this time, where GitHub names none. */
const AGAIN = 10 * MINUTE;

interface Place extends RepositoryRef {
  readonly isPublic: boolean;
}

interface Listed {
  readonly stamp: string;
  readonly changedAt: Instant;
  readonly state: "open" | "closed" | "merged";
  readonly by: Account | null;
  readonly named: readonly number[];
}

interface List {
  /** The naming it was read by: with another one everything is read again. */
  readonly by: string;
  readonly pulls: Map<number, Listed>;
  readAt: Instant;
  newest: Instant;
  /** Proposals that something has happened to there, and nobody was told yet. */
  untold: Set<number>;
}

type Found = ReadResult<{ place: Place }>;

/**
 * spec.linked: the pull requests of the specification, and which proposals they name. Listed by their last change, so that a round costs one page,
 * and where nothing has changed not even that (304); of those that name a proposal each is read for itself, as what decides is read and never
 * taken from a list. Asked for only where a lawful config names the repository.
 */
export class SpecPulls {
  readonly #caller: Caller;
  readonly #log: Log;
  readonly #places = new LRUCache<string, Place>(atMost(1000));
  readonly #placedAt = new LRUCache<string, Instant>(atMost(1000));
  readonly #lists = new LRUCache<string, List>(atMost(100));
  readonly #reading = new Map<string, Promise<ReadResult<{ list: List }>>>();
  readonly #told = new Set<string>();

  constructor({ caller, log }: { readonly caller: Caller; readonly log: Log }) {
    this.#caller = caller;
    this.#log = log;
  }

  /** The snapshot with what the specification shows of it, where it is an accepted proposal that was merged. */
  async complete(ref: ProposalRef, snapshot: Snapshot, rules: Rules): Promise<Snapshot> {
    const { pull, register, lawfulRules, lawfulLost } = snapshot;
    const { specRepository } = rules;
    const concerned = pull.state === "merged" && register?.motion?.disposition === "merge";
    const named = specRepository ?? lawfulRules?.specRepository;
    if (named === undefined || !concerned) return snapshot;
    const closed: SpecFacts = { kind: "unread", retryAt: null };
    if (specRepository === undefined || lawfulRules !== null || lawfulLost !== null)
      return { ...snapshot, spec: closed };
    const read = await this.#facts(ref, snapshot, specRepository, rules);
    const retryAt = read.kind === "unreadable" ? (read.retryAt ?? this.#caller.gitHubNow() + AGAIN) : null;
    return { ...snapshot, spec: read.kind === "read" ? read.spec : { kind: "unread", retryAt } };
  }

  /**
   * Numbers of the proposals that something has happened to in the specification since this was asked last; `thorough`: and of those that
   * something happened to in the last thirty days. gone: nobody may look there.
   */
  async news(
    ref: RepositoryRef,
    rules: Rules,
    thorough: boolean,
  ): Promise<ReadResult<{ numbers: readonly number[] }>> {
    const { specRepository } = rules;
    if (specRepository === undefined) return { kind: "read", numbers: [] };
    const found = await this.#place(ref, specRepository);
    if (found.kind !== "read") return found;
    const naming = await this.#naming(ref, specRepository, rules);
    if (naming.kind !== "read") return naming;
    const read = await this.#listed(ref, found.place, naming.naming, 0);
    if (read.kind !== "read") return read;
    const { list } = read;
    const numbers = new Set(list.untold);
    list.untold = new Set();
    if (thorough)
      for (const { named, changedAt } of list.pulls.values())
        if (changedAt >= this.#caller.gitHubNow() - REACH) for (const number of named) numbers.add(number);
    return { kind: "read", numbers: [...numbers] };
  }

  async #facts(
    ref: ProposalRef,
    { pull, repository, clerk }: Snapshot,
    specRepository: SpecRepository,
    rules: Rules,
  ): Promise<ReadResult<{ spec: Extract<SpecFacts, { kind: "read" }> }>> {
    const found = await this.#place(ref, specRepository);
    if (found.kind !== "read") return found;
    const own = await this.#known(ref);
    if (own.kind !== "read") return own;
    const { place } = found;
    const naming = namingOf(ref, specRepository, rules, pull.url.replace(/\/pull\/\d+.*$/u, ""));
    const read = await this.#listed(ref, place, naming, FRESH);
    if (read.kind !== "read") return read;
    const numbers = worthALook(read.list.pulls, pull.number, ({ by, state }) => {
      return state === "merged" || isTheirs(by, pull, rules);
    });
    const pulls: SpecPull[] = [];
    for (const number of numbers) {
      const { installation, owner, name } = place;
      const one = await readSpecPull(this.#caller, { installation, owner, name, number }, clerk.id);
      if (one.kind === "gone") continue;
      if (one.kind !== "read") return one;
      if (!proposalsNamed(one.title, one.description, naming).includes(pull.number)) continue;
      pulls.push({ ...one.facts, linked: linkedBy(one.links, repository.id, pull.number) });
    }
    const { installation, owner, name, isPublic } = place;
    const proposalsArePublic = own.place.isPublic;
    return {
      kind: "read",
      spec: { kind: "read", installation, owner, name, isPublic, proposalsArePublic, pulls },
    };
  }

  async #naming(
    ref: RepositoryRef,
    specRepository: SpecRepository,
    rules: Rules,
  ): Promise<ReadResult<{ naming: SpecNaming }>> {
    const { owner, name: repo, installation } = ref;
    const read = await readOne(this.#caller, installation, "GET /repos/{owner}/{repo}", { owner, repo });
    if (read.kind !== "read") return read;
    return { kind: "read", naming: namingOf(ref, specRepository, rules, read.data.html_url) };
  }

  /** Where the specification is, if the App may look there: it is installed on it, and its owner is the proposals' (security.md). */
  async #place(ref: RepositoryRef, { name: full }: SpecRepository): Promise<Found> {
    const [owner = "", name = ""] = full.split("/");
    const key = full.toLowerCase();
    const closed = (why: string): NotRead => {
      if (!this.#told.has(key)) {
        this.#told.add(key);
        this.#log.warn(
          `The specification is not looked at, so people set the labels that follow it: ${why}`,
          {
            repository: repositoryKey(ref),
            specification: full,
          },
        );
      }
      return { kind: "gone", why };
    };
    if (owner.toLowerCase() !== ref.owner.toLowerCase()) return closed(OTHER_OWNER);
    if (name.toLowerCase() === ref.name.toLowerCase()) return closed(ITSELF);
    const found =
      ref.installation === NO_INSTALLATION
        ? await this.#known({ installation: NO_INSTALLATION, owner, name })
        : await this.#installed(owner, name);
    if (found.kind === "gone") return ref.installation === NO_INSTALLATION ? found : closed(NOT_INSTALLED);
    if (found.kind !== "read") return found;
    // It may have been handed to somebody else, or be called otherwise by now, and GitHub still leads there by its old name.
    if (found.place.owner.toLowerCase() !== ref.owner.toLowerCase()) return closed(OTHER_OWNER);
    if (repositoryKey(found.place) === repositoryKey(ref)) return closed(ITSELF);
    this.#told.delete(key);
    return found;
  }

  /** gone: the App is not installed there. */
  async #installed(owner: string, name: string): Promise<Found> {
    const kept = this.#fresh(`${owner}/${name}`.toLowerCase());
    if (kept !== null) return { kind: "read", place: kept };
    const route = "GET /repos/{owner}/{repo}/installation";
    const read = await readOne(this.#caller, null, route, { owner, repo: name });
    return read.kind === "read" ? this.#known({ installation: read.data.id, owner, name }) : read;
  }

  /** What GitHub calls it now, and whether anybody may see it. */
  async #known(ref: RepositoryRef): Promise<Found> {
    const key = repositoryKey(ref);
    const kept = this.#fresh(key);
    if (kept !== null) return { kind: "read", place: kept };
    const { installation, owner, name: repo } = ref;
    const read = await readOne(this.#caller, installation, "GET /repos/{owner}/{repo}", { owner, repo });
    if (read.kind !== "read") return read;
    const place: Place = {
      installation,
      owner: read.data.owner.login,
      name: read.data.name,
      isPublic: read.data.private === false,
    };
    this.#places.set(key, place);
    this.#placedAt.set(key, this.#caller.now());
    return { kind: "read", place };
  }

  #fresh(key: string): Place | null {
    const at = this.#placedAt.get(key) ?? 0;
    return at + PLACE_LIFE > this.#caller.now() ? (this.#places.get(key) ?? null) : null;
  }

  /** The list, no older than `age`. Whoever comes while it is read waits for it. */
  async #listed(
    ref: RepositoryRef,
    place: Place,
    naming: SpecNaming,
    age: number,
  ): Promise<ReadResult<{ list: List }>> {
    const key = `${repositoryKey(ref)} ${repositoryKey(place)}`;
    const by = fingerprint("spec", [naming.prefix, naming.repository, naming.repositoryUrl, naming.words]);
    const running = this.#reading.get(key);
    if (running !== undefined) await running;
    const kept = this.#lists.get(key);
    const list = kept?.by === by ? kept : null;
    if (list !== null && age > 0 && list.readAt + age > this.#caller.now()) return { kind: "read", list };
    const reading = this.#read(place, naming, by, list).then((read) => {
      if (read.kind === "read") this.#lists.set(key, read.list);
      return read;
    });
    this.#reading.set(key, reading);
    try {
      return await reading;
    } finally {
      if (this.#reading.get(key) === reading) this.#reading.delete(key);
    }
  }

  async #read(
    { installation, owner, name }: Place,
    naming: SpecNaming,
    by: string,
    known: List | null,
  ): Promise<ReadResult<{ list: List }>> {
    const caller = this.#caller;
    const readAt = caller.now();
    const until = known === null ? 0 : known.newest - OVERLAP;
    const parameters = { owner, repo: name, state: "all", sort: "updated", direction: "desc" } as const;
    const read = await firstPages(caller, installation, "GET /repos/{owner}/{repo}/pulls", parameters, {
      most: MOST_PAGES,
      stop: (page) => page.some(({ updated_at }) => instant(updated_at) < until),
    });
    if (read.failure !== null)
      return read.failure.kind === "gone" ? unreadable(read.failure.why, caller.now() + AGAIN) : read.failure;
    const list: List = known ?? { by, pulls: new Map(), readAt, newest: 0, untold: new Set() };
    list.readAt = readAt;
    for (const { number, title, body, updated_at: stamp, user, merged_at, state: now } of read.items) {
      const changedAt = instant(stamp);
      list.newest = Math.max(list.newest, changedAt);
      const before = list.pulls.get(number);
      if (before?.stamp === stamp) continue;
      const named = proposalsNamed(title, body ?? "", naming);
      const state = merged_at !== null ? "merged" : now === "open" ? "open" : "closed";
      list.pulls.set(number, { stamp, changedAt, named, state, by: userOf(user) });
      if (known !== null || changedAt >= caller.gitHubNow() - REACH)
        for (const each of [...named, ...(before?.named ?? [])]) list.untold.add(each);
    }
    return { kind: "read", list };
  }
}

const NOT_INSTALLED = "the App is not installed there";
const ITSELF = "it is the repository of the proposals";
const OTHER_OWNER = "it has another owner than the proposals, so nobody there has asked for it";

/**
 * Those that name this proposal. Anybody can open any number of them, and takes nothing away by it: what nobody else can make is looked at before
 * all others (the newest of it), and of the others what is open and was there first.
 */
function worthALook(
  pulls: ReadonlyMap<number, Listed>,
  proposal: number,
  isSure: (one: Listed) => boolean,
): readonly number[] {
  const all = [...pulls].filter(([, { named }]) => named.includes(proposal));
  const sure = all.filter(([, one]) => isSure(one)).sort(([, a], [, b]) => b.changedAt - a.changedAt);
  const others = all
    .filter(([, one]) => !isSure(one))
    .sort(([a, { state }], [b, other]) => Number(other.state === "open") - Number(state === "open") || a - b);
  return [...sure.slice(0, MOST_PULLS), ...others.slice(0, MOST_PULLS)].map(([number]) => number);
}

/** Where it cannot be told, nothing is written; two comments are one too many, which whoever links it next puts right. */
function linkedBy(
  links: readonly SpecComment[] | null,
  repository: number,
  proposal: number,
): readonly number[] {
  if (links === null) return [proposal];
  const [link, ...others] = linksTo(links, repository);
  return link === undefined || others.length > 0 ? [] : link.proposals;
}

/** As REST tells it. */
const userOf = (user: ItemOf<"GET /repos/{owner}/{repo}/pulls">["user"]): Account | null =>
  user === null
    ? null
    : { type: user.type === "User" ? "User" : "Other", login: user.login, id: Number(user.id) };

const namingOf = (
  { owner, name }: RepositoryRef,
  { words }: SpecRepository,
  rules: Rules,
  repositoryUrl: string,
): SpecNaming => ({
  prefix: rules.prefix ?? null,
  // The same in any case: one list for all who ask.
  repository: `${owner}/${name}`.toLowerCase(),
  repositoryUrl: repositoryUrl.toLowerCase(),
  words,
});
