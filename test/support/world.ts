import { decide } from "../../src/domain/decide.js";
import { desired } from "../../src/domain/desired/desired.js";
import { plan } from "../../src/domain/desired/plan.js";
import { unpublished } from "../../src/domain/desired/publicRecords.js";
import type { Action } from "../../src/domain/model/action.js";
import type { Decision } from "../../src/domain/model/decision.js";
import type { GateFacts } from "../../src/domain/model/gates.js";
import type { LabelKey } from "../../src/domain/model/labels.js";
import type { Overview } from "../../src/domain/model/outline.js";
import type { Account } from "../../src/domain/model/people.js";
import type { PublicRecordDraft } from "../../src/domain/model/publicRecord.js";
import type { Register } from "../../src/domain/model/register.js";
import type { Member, Rules } from "../../src/domain/model/rules.js";
import type {
  ChangedFile,
  CheckVerdict,
  OwnComment,
  OwnRevision,
  Revision,
  Snapshot,
  TimelineEvent,
  Utterance,
} from "../../src/domain/model/snapshot.js";
import type { SpecFacts } from "../../src/domain/model/spec.js";
import { HOUR, type Instant, MINUTE, SECOND } from "../../src/domain/text/time.js";
import { MATRIX } from "./rules.js";

/** A proposal in review, under the first roster of MSC1779, as `world()` starts it. A test states only what differs. */
export const START: Instant = Date.UTC(2026, 2, 2, 12, 0, 0);
export const HEAD = "a".repeat(40);
export const CLERK: Account = { type: "Bot", login: "msc-clerk", id: 900 };

/** The eight of the Spec Core Team; ara4n leads it and is a Guardian too. */
export const SCT = [
  "ara4n",
  "erikjohnston",
  "richvdh",
  "dbkr",
  "uhoreg",
  "anoadragon453",
  "turt2live",
  "KitsuneRal",
] as const;
export const OUTSIDER = "mallory";

/** One text of a comment of the clerk's, with the number it carries. */
type Trail = OwnRevision & { readonly seq: number | null };

type Written<T> = { -readonly [K in keyof T]: T[K] };

export interface WorldOptions {
  readonly rules?: Rules;
  readonly author?: string;
  readonly labels?: readonly string[];
  readonly draft?: boolean;
  readonly base?: string;
  readonly files?: readonly ChangedFile[];
  readonly filesCutOff?: boolean;
  readonly adoptedAt?: Instant;
}

/** GitHub as far as one proposal goes, in memory: people act on it, `look()` lets the clerk reconcile once and do what it plans. */
export class World {
  now: Instant = START;
  rules: Rules;
  readonly labels = new Set<string>();
  utterances: Utterance[] = [];
  events: TimelineEvent[] = [];
  ownComments: (Written<OwnComment> & { record: Register | null; trail: Trail[] })[] = [];
  check: Written<NonNullable<Snapshot["check"]>> | null = null;
  checkRecord: Register | null = null;
  checkHead: string | null = null;
  /** Where the newest register was found: as GitHub shows it, or in the clerk's own store. */
  registerFrom: Snapshot["registerFrom"] = "github";
  /** The store's register, where `registerFrom` says so. */
  stored: Register | null = null;
  /** Contents of the clerk's own revisions that somebody has deleted. */
  erased = 0;
  /** Records and numbers on runs of earlier heads that are still found. */
  olderRuns: Register[] = [];
  /** The record has grown beyond what holds it. */
  unkept = false;
  siblings: Snapshot["siblings"] = [];
  /** gate.begin, gate.end: what GitHub tells of what gates ask for; null: nothing was asked. */
  gates: GateFacts | null = null;
  /** form.check: what its form goes by; null: nothing was asked. */
  form: NonNullable<Snapshot["form"]> | null = null;
  /** spec.linked: what the specification shows; null: nobody looks there. */
  spec: SpecFacts | null = null;
  /** remind.mine: what the shell knows of all proposals; null: nobody has asked. */
  overview: Overview | null = null;
  defaultBranch = "main";
  /** config.lawful: the last lawful rules, where the present ones came without an approved amendment. */
  lawfulRules: Rules | null = null;
  /** What the history tells of the change that nobody approved. */
  unlawful: Snapshot["unlawful"] = null;
  /** What the clerk keeps as lawful. */
  lawful: Snapshot["lawful"] = null;
  legacyComments: Snapshot["legacyComments"] = [];
  /** What the PR changes at each commit, as a word for it; null: GitHub cannot tell (text.same). */
  readonly texts = new Map<string, string | null>([[HEAD, HEAD]]);
  pull: Written<Snapshot["pull"]>;
  files: readonly ChangedFile[];
  /** GitHub lists no more files than these. */
  readonly filesCutOff: boolean;
  adoptedAt: Instant;
  actions: Action[] = [];
  private serial = 1000;
  private frozen = false;
  /** People keep their numeric id, whatever becomes of the roster. */
  private readonly accounts = new Map<string, Account>();

  constructor(options: WorldOptions = {}) {
    this.rules = options.rules ?? MATRIX;
    this.adoptedAt = options.adoptedAt ?? START - 100 * HOUR;
    this.files = options.files ?? [{ path: "proposals/1234-thing.md", change: "added" }];
    this.filesCutOff = options.filesCutOff ?? false;
    this.pull = {
      number: 1234,
      nodeId: "PR_1234",
      title: "MSC1234: A thing",
      url: "https://github.example/matrix-org/matrix-spec-proposals/pull/1234",
      state: "open",
      draft: options.draft ?? false,
      locked: false,
      author: this.account(options.author ?? "author"),
      base: options.base ?? "main",
      head: HEAD,
      createdAt: START - 50 * HOUR,
      description: null,
      closedAt: null,
      mergedAt: null,
    };
    const at = this.now;
    this.now = START - 50 * HOUR;
    for (const label of options.labels ?? [this.rules.labels.proposal]) this.label("author", label);
    this.now = at;
  }

  account(login: string): Account {
    const known = this.accounts.get(login.toLowerCase());
    if (known) return known;
    const made = this.newAccount(login);
    this.accounts.set(login.toLowerCase(), made);
    return made;
  }

  private newAccount(login: string): Account {
    if (login === CLERK.login) return CLERK;
    const member = this.rules.teams
      .flatMap((team) => team.members)
      .find((one) => one.login.toLowerCase() === login.toLowerCase());
    if (member?.id != null) return { type: "User", login: member.login, id: member.id };
    // What the config names `oldclerk[bot]` is an App's account, what it names `mscbot` a person's.
    const bot = login.endsWith("-bot") || this.rules.legacyBots.includes(`${login.toLowerCase()}[bot]`);
    return { type: bot ? "Bot" : "User", login, id: 5000 + this.accounts.size };
  }

  /** The account keeps its numeric id and gets another login. */
  rename(login: string, to: string): void {
    this.accounts.set(to.toLowerCase(), { ...this.account(login), login: to });
  }

  /** A roster change on the default branch. */
  join(team: string, login: string, options: { id?: number | null } = {}): void {
    const id = options.id === undefined ? this.account(login).id : options.id;
    const member: Member = { login, id, since: null, domains: [], away: null };
    this.members(team, (members) => [...members, member]);
  }

  leave(team: string, login: string): void {
    this.account(login);
    this.members(team, (members) => members.filter((one) => one.login !== login));
  }

  private members(slug: string, change: (members: readonly Member[]) => readonly Member[]): void {
    const teams = this.rules.teams.map((team) =>
      team.slug === slug ? { ...team, members: change(team.members) } : team,
    );
    this.rules = { ...this.rules, teams };
  }

  private id(): string {
    this.serial += 1;
    return String(this.serial);
  }

  /** Every doing takes a second, so that times differ as they do on GitHub; unless `atOnce`. */
  private tickSecond(): Instant {
    if (!this.frozen) this.now += SECOND;
    return Math.floor(this.now / SECOND) * SECOND;
  }

  /** All of it in one and the same second. */
  atOnce(doings: () => void): void {
    this.now += SECOND;
    this.still(doings);
  }

  /** The clock stands still meanwhile. */
  still<T>(doings: () => T): T {
    const before = this.frozen;
    this.frozen = true;
    try {
      return doings();
    } finally {
      this.frozen = before;
    }
  }

  /** Another world, the same to the last letter, that goes its own way from now on. */
  clone(): World {
    const copy: World = Object.create(World.prototype);
    return Object.assign(copy, structuredClone({ ...this }));
  }

  say(
    login: string,
    text: string,
    kind: Utterance["kind"] = "comment",
    review: Utterance["review"] = null,
  ): Utterance {
    const at = this.tickSecond();
    const author = this.account(login);
    const number = this.id();
    const utterance: Utterance = {
      id: `${kind}:${number}`,
      nodeId: `N_${number}`,
      kind,
      url: `${this.pull.url}#${ANCHORS[kind]}${number}`,
      author,
      byClerk: false,
      createdAt: at,
      revisions: [{ editor: author, at, lines: text.split("\n") }],
      reactions: { thumbsUp: false, confused: false, eyes: false },
      review,
    };
    this.utterances.push(utterance);
    return utterance;
  }

  review(
    login: string,
    submitted: "approved" | "changes_requested" | "commented",
    text = "",
    commit = this.pull.head,
  ): Utterance {
    return this.say(login, text, "review", { submitted, dismissed: false, commit });
  }

  edit(utterance: Utterance, login: string, text: string | null): void {
    const at = this.tickSecond();
    const revision: Revision = {
      editor: this.account(login),
      at,
      lines: text === null ? null : text.split("\n"),
    };
    this.replace(utterance.id, (one) => ({ ...one, revisions: [...one.revisions, revision] }));
  }

  private replace(id: string, change: (one: Utterance) => Utterance): void {
    this.utterances = this.utterances.map((one) => (one.id === id ? change(one) : one));
  }

  /** The author deletes the whole account: GitHub shows nobody in its place. */
  deleteAccount(login: string): void {
    const gone = this.account(login);
    const left = <T extends { id: number | null } | null>(one: T) => (one?.id === gone.id ? null : one);
    this.utterances = this.utterances.map((one) => ({
      ...one,
      author: left(one.author),
      revisions: one.revisions.map((revision) => ({ ...revision, editor: left(revision.editor) })),
    }));
    this.events = this.events.map((one) => ({ ...one, actor: left(one.actor) }));
  }

  remove(utterance: Utterance, login: string): void {
    this.utterances = this.utterances.filter((one) => one.id !== utterance.id);
    this.happen(login, { kind: "comment_deleted", author: utterance.author });
  }

  dismiss(review: Utterance, login: string, byPush = false): void {
    this.replace(review.id, (one) => ({ ...one, review: one.review && { ...one.review, dismissed: true } }));
    this.happen(login, { kind: "review_dismissed", review: review.id, byPush, forBase: false });
  }

  happen(
    login: string | null,
    event: DistributiveOmit<TimelineEvent, "id" | "at" | "actor" | "byClerk">,
  ): void {
    const at = this.tickSecond();
    const actor = login === null ? null : this.account(login);
    this.events.push({
      ...event,
      id: `E_${this.id()}`,
      at,
      actor,
      byClerk: login === CLERK.login,
    } as TimelineEvent);
  }

  label(login: string, name: string): void {
    if (this.labels.has(name)) return;
    this.labels.add(name);
    this.happen(login, { kind: "labeled", label: name });
  }

  unlabel(login: string, name: string): void {
    if (!this.labels.delete(name)) return;
    this.happen(login, { kind: "unlabeled", label: name });
  }

  name(key: LabelKey): string {
    return this.rules.labels[key] ?? "";
  }

  /** Another text, unless it is said to be the one of an earlier commit (text.same). `text` null: GitHub cannot tell. */
  push(head: string, text: string | null = head): void {
    this.pull.head = head;
    this.texts.set(head, text);
    // The run on the commit before stays where it is, with what it carries.
    if (this.checkRecord !== null) this.olderRuns.push(this.checkRecord);
    this.check = null;
    this.checkRecord = null;
  }

  draft(): void {
    this.pull.draft = true;
    this.happen("author", { kind: "to_draft" });
  }

  ready(): void {
    this.pull.draft = false;
    this.happen("author", { kind: "ready_for_review" });
  }

  close(login: string): void {
    this.happen(login, { kind: "closed" });
    this.pull.state = "closed";
    this.pull.closedAt = this.now;
  }

  reopen(login: string): void {
    this.happen(login, { kind: "reopened" });
    this.pull.state = "open";
    this.pull.closedAt = null;
  }

  merge(login: string): void {
    this.happen(login, { kind: "merged" });
    this.pull.state = "merged";
    this.pull.mergedAt = this.now;
    this.pull.closedAt = this.now;
  }

  rebase(to: string): void {
    const from = this.pull.base;
    this.pull.base = to;
    this.happen("author", { kind: "base_changed", from, to });
  }

  /** Somebody ticks (or unticks) the box of `login` in the status comment. */
  tick(by: string, login: string = by, options: { untick?: boolean; from?: string } = {}): void {
    const status = this.status();
    if (status === undefined) throw new Error("there is no status comment to tick a box in");
    const wanted = options.untick ? /^([-*] \[)[xX](\] .*)$/ : /^([-*] \[) (\] .*)$/;
    const body = (options.from ?? status.body)
      .split("\n")
      .map((line) =>
        line.includes(`@${login}`) && wanted.test(line)
          ? line.replace(wanted, options.untick ? "$1 $2" : "$1x$2")
          : line,
      )
      .join("\n");
    this.rewrite(by, body);
  }

  /** The record the clerk kept is gone wherever it stood (the key was lost): only GitHub's own facts are left. */
  forget(): void {
    for (const comment of this.ownComments) {
      Object.assign(comment, { record: null, seq: null });
      comment.trail = comment.trail.map((revision) => ({ ...revision, seq: null }));
    }
    this.checkRecord = null;
    this.olderRuns = [];
  }

  /** The register as the clerk last wrote it down. */
  get register(): Register {
    const { register } = this.snapshot();
    if (register === null) throw new Error("nothing has been written down yet");
    return register;
  }

  /** Somebody else deletes one of the clerk's comments. */
  removeOwn(comment: { readonly id: string }, login: string): void {
    this.ownComments = this.ownComments.filter((one) => one.id !== comment.id);
    this.happen(login, { kind: "comment_deleted", author: CLERK });
  }

  /** As if the clerk had written down another one: it stands wherever a record stood. */
  set register(register: Register) {
    for (const comment of this.ownComments) if (comment.record !== null) comment.record = register;
    if (this.checkRecord !== null) this.checkRecord = register;
  }

  /**
   * Somebody edits the status comment as a whole. The hidden record goes with it; the clerk's own newest revision still holds it,
   * and that is where the reader finds it.
   */
  rewrite(by: string, body: string, comment = this.status()): void {
    if (comment === undefined) throw new Error("there is no status comment to edit");
    const at = this.tickSecond();
    comment.trail.push({
      id: `R_${this.id()}`,
      editor: this.account(by),
      byClerk: false,
      at,
      body,
      seq: null,
    });
    comment.body = body;
    comment.seq = null;
  }

  status() {
    return this.ownComments.filter((one) => one.marker.kind === "status").at(-1);
  }

  comments(kind: OwnComment["marker"]["kind"], key?: string) {
    return this.ownComments.filter(
      (one) => one.marker.kind === kind && (key === undefined || one.marker.key === key),
    );
  }

  snapshot(): Snapshot {
    const newest = [
      this.checkRecord,
      ...this.olderRuns,
      ...(this.registerFrom === "store" ? [this.stored] : []),
      ...this.ownComments.map((one) => one.record),
    ]
      .filter((one): one is Register => one !== null)
      .sort((a, b) => b.seq - a.seq)[0];
    const runs = [this.checkRecord, ...this.olderRuns].flatMap((one) => (one === null ? [] : [one.seq]));
    const newestOf = (numbers: readonly number[]) => (numbers.length === 0 ? null : Math.max(...numbers));
    const carried = [
      ...runs,
      ...this.ownComments.flatMap((one) => one.trail.flatMap(({ seq }) => seq ?? [])),
    ];
    const commentSeqs = this.ownComments.flatMap((one) => (one.seq === null ? [] : [one.seq]));
    return {
      repository: {
        owner: "matrix-org",
        name: "matrix-spec-proposals",
        id: 1,
        defaultBranch: this.defaultBranch,
        archived: false,
      },
      clerk: { login: CLERK.login, id: 900 },
      adoptedAt: this.adoptedAt,
      lawfulRules: this.lawfulRules,
      unlawful: this.unlawful,
      lawful: this.lawful,
      lawfulLost: null,
      published: [],
      amendment: null,
      rosterCommit: "c".repeat(40),
      pull: { ...this.pull },
      labels: [...this.labels],
      utterances: [...this.utterances],
      events: [...this.events],
      files: this.files,
      filesCutOff: this.filesCutOff,
      ownComments: this.ownComments.map(({ record: _, trail, ...one }) => ({
        ...one,
        revisions: trail.some((revision) => !revision.byClerk) ? [...trail] : [],
      })),
      legacyComments: this.legacyComments,
      check: this.check === null ? null : { ...this.check },
      siblings: this.siblings,
      siblingsCutOff: false,
      register: newest ?? null,
      carriers: {
        comment: commentSeqs.length === 0 ? null : Math.max(...commentSeqs),
        check: this.checkRecord?.seq ?? null,
        newest: newestOf(carried),
        newestRun: newestOf(runs),
        erased: this.erased,
      },
      registerFrom: this.registerFrom,
      unkept: this.unkept,
      ...(this.gates === null ? {} : { gates: this.gates }),
      ...(this.form === null ? {} : { form: this.form }),
      ...(this.spec === null ? {} : { spec: this.spec }),
      ...(this.overview === null ? {} : { overview: this.overview }),
      texts: [...this.texts].flatMap(([commit, text]) => (text === null ? [] : [{ commit, text }])),
    };
  }

  decide(): Decision {
    return decide(this.snapshot(), this.rules, this.now);
  }

  /** record.signed: what would be given a number now. */
  unpublished(snapshot: Snapshot = this.snapshot()): readonly PublicRecordDraft[] {
    const decision = decide(snapshot, this.rules, this.now);
    return unpublished(decision, snapshot, desired(decision, snapshot, this.rules));
  }

  plan(): readonly Action[] {
    const snapshot = this.snapshot();
    return plan(desired(decide(snapshot, this.rules, this.now), snapshot, this.rules), snapshot);
  }

  /** One reconcile, and again until there is nothing left to do, as `reconcile` does. `stopAfter`: killed after so many writes. */
  reconcile(stopAfter = Number.POSITIVE_INFINITY): Decision {
    let writes = 0;
    for (let round = 0; round < 8; round++) {
      const actions = this.plan();
      if (actions.length === 0) return this.decide();
      for (const action of actions) {
        if (writes >= stopAfter) return this.decide();
        writes += 1;
        this.apply(action);
        if (changesTheFacts(action)) break;
      }
    }
    const rest = this.plan();
    if (rest.length > 0)
      throw new Error(`the clerk does not come to rest: ${JSON.stringify(rest).slice(0, 600)}`);
    return this.decide();
  }

  apply(action: Action): void {
    this.actions.push(action);
    switch (action.kind) {
      case "create_comment": {
        const at = this.tickSecond();
        const id = this.id();
        const { marker, body, record } = action;
        const seq = record?.seq ?? (action.seq > 0 ? action.seq : null);
        const first: Trail = { id: `R_${id}`, editor: CLERK, byClerk: true, at, body, seq };
        this.ownComments.push({
          id,
          nodeId: `IC_${id}`,
          url: `${this.pull.url}#issuecomment-${id}`,
          createdAt: at,
          marker,
          body,
          seq,
          revisions: [],
          record,
          trail: [first],
        });
        return;
      }
      case "update_comment": {
        const at = this.tickSecond();
        const comment = this.ownComments.find((one) => one.id === action.comment);
        if (comment === undefined) return;
        const { marker, body, record } = action;
        const seq = record?.seq ?? (action.seq > 0 ? action.seq : null);
        Object.assign(comment, { marker, body, record, seq });
        comment.trail.push({ id: `R_${this.id()}`, editor: CLERK, byClerk: true, at, body, seq });
        return;
      }
      case "delete_comment":
        this.ownComments = this.ownComments.filter((one) => one.id !== action.comment);
        return;
      case "add_label":
        this.label(CLERK.login, action.label);
        return;
      case "remove_label":
        this.unlabel(CLERK.login, action.label);
        return;
      case "react":
        this.replace(`${action.on.kind}:${action.on.id}`, (one) => ({
          ...one,
          reactions: { ...one.reactions, [action.reaction]: true },
        }));
        return;
      case "put_check":
        this.checkRecord = action.record;
        this.check = {
          id: action.run ?? Number(this.id()),
          verdict: action.verdict satisfies CheckVerdict,
          own: action.own,
          title: action.title,
          summary: action.summary,
          startedAt: action.run === null ? this.now : (this.check?.startedAt ?? this.now),
        };
        return;
      case "link_spec_pull":
        if (this.spec?.kind === "read") {
          const { proposal, to } = action;
          const pulls = this.spec.pulls.map((one) =>
            one.number === to.number ? { ...one, linked: [...one.linked, proposal] } : one,
          );
          this.spec = { ...this.spec, pulls };
        }
        return;
      case "close_pull":
        this.close(CLERK.login);
        return;
      case "merge_pull":
        this.merge(CLERK.login);
        return;
    }
  }

  wait(ms: number): this {
    this.now += ms;
    return this;
  }
}

/** How GitHub's own links to each end. */
const ANCHORS = { comment: "issuecomment-", review: "pullrequestreview-", inline: "discussion_r" } as const;

/** After these the clerk reads again before it does anything else. */
const changesTheFacts = (action: Action): boolean =>
  (action.kind === "add_label" && action.latch) ||
  action.kind === "close_pull" ||
  action.kind === "merge_pull";

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export const world = (options: WorldOptions = {}): World => new World(options);

/** A proposal with an open motion to merge, moved by richvdh and reconciled once. */
export function proposed(options: WorldOptions = {}, disposition = "merge"): World {
  const w = world(options);
  w.say("richvdh", `@mscbot fcp ${disposition}`);
  w.reconcile();
  return w.wait(MINUTE);
}

/** One in its Final Comment Period: richvdh moved, five more said yes by command. */
export function inFcp(options: WorldOptions = {}, disposition = "merge"): World {
  const w = proposed(options, disposition);
  for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
    w.say(login, "@mscbot reviewed");
  w.reconcile();
  return w.wait(MINUTE);
}
