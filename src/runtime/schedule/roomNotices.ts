import { type DigestFacts, digestSentence } from "../../domain/messages/digest.js";
import type { DigestNews } from "../../domain/messages/roomNotice.js";
import { DAY, type Instant, iso, MINUTE, SECOND } from "../../domain/text/time.js";
import type { MatrixSettings } from "../../matrix/homeserver.js";
import type { Blocked, MatrixRoom, RoomPlace } from "../../matrix/room.js";
import { type RoomTrouble, troubleWords } from "../../matrix/trouble.js";
import type { Clock } from "../../platform/clock.js";
import { errorMessage, type Log } from "../../platform/log.js";
import { Scheduler } from "../../platform/scheduler.js";
import type { Store } from "../../store/port.js";
import type { KeptRepository } from "../../store/views.js";
import { noticeOf, type WaitingNotice, waitingNotices } from "./waitingNotices.js";

export interface RoomNoticesParts {
  readonly store: Pick<Store, "views" | "notices">;
  readonly room: Pick<MatrixRoom, "look" | "send" | "told">;
  readonly named: Pick<MatrixSettings, "homeserver" | "room">;
  readonly clock: Clock;
  /** GitHub's time, which events have. */
  readonly gitHubClock: Clock;
  readonly log: Log;
  /** This process is the one that tells of it, and GitHub has said to it how it is shown. */
  readonly isOurs: (repository: number) => boolean;
  readonly onSent: () => void;
}

/** What happened longer ago is no news any more: a homeserver that was down for longer is not told of it. */
const NEWS = 7 * DAY;
/** What belongs together comes together. */
const SOON = SECOND;
const SHORTEST_WAIT = MINUTE;
const LONGEST_WAIT = 10 * MINUTE;

/**
 * Tells a Matrix room what has happened, each once and oldest first: what the views keep of events is the list of what there is to tell, and the store
 * remembers what was. Nothing that the clerk decides or writes waits for it.
 *
 * - *Once.* The transaction id follows from the event, and is kept before the first attempt: a second attempt is the same to the homeserver. For how long it
 *   knows one again is its own affair, so what may have been told already is first looked for in the room: whatever was begun and has no answer, and what
 *   happened before this process began, as the store may be an older copy.
 * - *News.* From when the clerk first sees a repository with a room configured; nothing from before, also where the store was lost, and nothing older than a week.
 * - *Public.* Of a repository that GitHub has not said to be public nothing is told, and later neither what happened in it then.
 */
export class RoomNotices {
  readonly #parts: RoomNoticesParts;
  readonly #alarms: Scheduler<"tell" | "hide">;
  #running: Promise<void> | null = null;
  #hiding: Promise<unknown> | null = null;
  /** Repositories in which something may have happened that is not told. */
  readonly #asked = new Set<number>();
  /** Asked for, and nothing stands in the way that is known. */
  #wanted = false;
  #blockedUntil: Instant = 0;
  #waits = SHORTEST_WAIT;
  /** When this process first looked, by GitHub's time; null: it has not. */
  #beganAt: Instant | null = null;
  /** The room was found once. */
  #found = false;
  /** What was told in the log to stand in the way; null: nothing does. */
  #trouble: RoomTrouble["kind"] | null = null;
  #left = 0;
  #stopped = false;

  constructor(parts: RoomNoticesParts) {
    this.#parts = parts;
    this.#alarms = new Scheduler(parts.clock, (what) => (what === HIDE ? this.#hide() : this.#begin()));
  }

  /** Something may have happened there. */
  want(repository: number): void {
    this.#asked.add(repository);
    this.#arm();
  }

  #arm(): void {
    if (this.#stopped) return;
    const soon = this.#parts.clock.now() + SOON;
    // Whether a repository is private is noted also while nothing can be told: it may be public again by then.
    if (soon < this.#blockedUntil && this.#alarms.at(HIDE) === null) this.#alarms.set(HIDE, soon, HIDE);
    if (this.#alarms.at(TELL) !== null) return;
    this.#wanted = soon >= this.#blockedUntil;
    this.#alarms.set(TELL, Math.max(soon, this.#blockedUntil), TELL);
  }

  /** remind.digest: it is about to be brought up to date, for the week of `due`. false: the store does not take it now. */
  async digest(repository: number, facts: DigestFacts, url: string): Promise<boolean> {
    const { store, gitHubClock } = this.#parts;
    const now = Math.floor(gitHubClock.now());
    const news: DigestNews = { sentence: digestSentence(facts, now), url };
    const id = `digest ${iso(facts.due).slice(0, 10)}`;
    const added = await store.notices.add(repository, { id, at: now, event: JSON.stringify(news) });
    this.want(repository);
    return added.kind === "stored";
  }

  /** How many notices waited when it was last looked. */
  get waiting(): number {
    return this.#left;
  }

  idle(): boolean {
    return this.#running === null && this.#hiding === null && !this.#wanted;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wanted = false;
    this.#alarms.stop();
    await Promise.all([this.#running, this.#hiding]);
  }

  #hide(): void {
    if (this.#stopped) return;
    if (this.#hiding !== null) {
      void this.#hiding.then(() => this.#arm());
      return;
    }
    this.#hiding = this.#shown()
      .catch((thrown: unknown) => this.#faulty(thrown))
      .finally(() => {
        this.#hiding = null;
      });
  }

  #begin(): void {
    this.#wanted = false;
    if (this.#stopped) return;
    if (this.#running !== null) {
      void this.#running.then(() => this.#arm());
      return;
    }
    const asked = new Set(this.#asked);
    this.#asked.clear();
    this.#running = this.#tell(asked)
      .catch((thrown: unknown) => {
        this.#faulty(thrown);
        return LONGEST_WAIT;
      })
      .then((wait) => {
        this.#running = null;
        this.#blockedUntil = wait === null ? 0 : this.#parts.clock.now() + wait;
        if (wait !== null) for (const repository of asked) this.want(repository);
      });
  }

  #faulty(thrown: unknown): void {
    this.#parts.log.error("A fault of the clerk's: notices cannot be sent to the Matrix room.", {
      error: errorMessage(thrown),
    });
  }

  /** Which repositories everybody may see. What happens in the others is never told. null: the store does not say, or takes nothing. */
  async #shown(): Promise<readonly KeptRepository[] | null> {
    const { store, gitHubClock } = this.#parts;
    const known = await store.views.repositories();
    if (known.kind === "unavailable") return null;
    const hidden = known.kept.filter(({ isPublic }) => !isPublic).map(({ repository }) => repository);
    if (!(await this.#forget(hidden, Math.floor(gitHubClock.now()) + 1))) return null;
    return known.kept.filter(({ isPublic }) => isPublic);
  }

  /** Resolves with how long to wait before it is tried again; null: all is told. */
  async #tell(asked: ReadonlySet<number>): Promise<number | null> {
    const { store, room, gitHubClock, log } = this.#parts;
    this.#beganAt ??= gitHubClock.now();
    const shown = await this.#shown();
    if (shown === null) return SHORTEST_WAIT;
    const ours = shown
      .map(({ repository }) => repository)
      .filter((repository) => asked.has(repository) && this.#parts.isOurs(repository));
    const news = Math.floor(gitHubClock.now()) - NEWS;
    const waiting = await waitingNotices(store, ours, gitHubClock.now());
    if (waiting === null) return SHORTEST_WAIT;
    this.#left = waiting.filter(({ at }) => at >= news).length;
    if (waiting.length === 0 && (this.#found || ours.length === 0)) return null;
    const look = await room.look(true);
    if (look.kind !== "ready") return this.#blocked(look);
    if (!this.#found) log.info("Notices go to a Matrix room.", { room: look.place.id, as: look.place.user });
    this.#found = true;
    // What is too old is counted once.
    if (!(await this.#forget(ours, news))) return SHORTEST_WAIT;
    const late = waiting.filter(({ at }) => at < news);
    if (late.length > 0)
      log.warn("What happened more than a week ago is not told to the Matrix room any more.", {
        notices: late.length,
      });
    const wait = await this.#tellEach(waiting.slice(late.length), shown, look.place);
    if (wait === null) this.#well();
    return wait;
  }

  /** Their marks move on: what is kept of what happened before goes, and is told no more. false: the store takes nothing. */
  async #forget(repositories: readonly number[], news: Instant): Promise<boolean> {
    if (repositories.length === 0) return true;
    const { notices } = this.#parts.store;
    const marks = await notices.marks();
    if (marks.kind === "unavailable") return false;
    for (const { repository, since } of marks.kept) {
      if (since >= news || !repositories.includes(repository)) continue;
      if ((await notices.putMark({ repository, since: news })).kind === "unavailable") return false;
    }
    return true;
  }

  async #tellEach(
    waiting: readonly WaitingNotice[],
    shown: readonly KeptRepository[],
    place: RoomPlace,
  ): Promise<number | null> {
    const { store, room, log, isOurs } = this.#parts;
    let told: ReadonlySet<string> | null = null;
    for (const one of waiting) {
      const { of, id, at, transaction, begun } = one;
      if (this.#stopped) return null;
      // It may be another instance's by now, or private.
      if (!isOurs(of.repository)) continue;
      if (begun || at < (this.#beganAt ?? 0)) {
        if (told === null) {
          // It is the oldest of them.
          const read = await room.told(place, at);
          if (read.kind !== "read") return this.#blocked(read);
          told = read.transactions;
        }
        if (told.has(transaction)) {
          // The store may know nothing of it.
          if (!(await this.#intend(one)) || !(await this.#over(one))) return SHORTEST_WAIT;
          continue;
        }
      }
      const notice = await noticeOf(store, one, nameOf(of.repository, shown));
      if (notice === "unavailable") return SHORTEST_WAIT;
      // It was no proposal any more a moment ago.
      if (notice === null) continue;
      if (!(await this.#intend(one))) return SHORTEST_WAIT;
      const sent = await room.send(place, transaction, notice);
      if (sent.kind === "limited" || sent.kind === "trouble") return this.#blocked(sent);
      if (sent.kind === "unfit")
        log.error("The homeserver refuses a notice, which is not sent.", {
          ...{ repository: nameOf(of.repository, shown, 0), pull: of.pull, event: id, code: sent.code },
        });
      else {
        this.#well();
        this.#parts.onSent();
      }
      if (!(await this.#over(one))) return SHORTEST_WAIT;
    }
    return null;
  }

  async #intend({ of, id, at, transaction }: WaitingNotice): Promise<boolean> {
    const attempt = { event: id, at, transaction };
    return (await this.#parts.store.notices.begin(of, attempt)).kind === "stored";
  }

  async #over({ of, id }: WaitingNotice): Promise<boolean> {
    if ((await this.#parts.store.notices.end(of, id)).kind === "unavailable") return false;
    this.#left -= 1;
    return true;
  }

  #blocked(blocked: Blocked): number {
    const { log, named } = this.#parts;
    if (blocked.kind === "limited") {
      log.debug("The homeserver limits the clerk; notices wait.", { milliseconds: blocked.wait });
      return blocked.wait;
    }
    const { what, fix } = troubleWords(blocked.trouble, named);
    const { kind } = blocked.trouble;
    if (this.#trouble !== kind) log.warn(`No notice goes to the Matrix room. ${what} ${fix}`);
    this.#trouble = kind;
    if (kind !== "unreachable") return LONGEST_WAIT;
    const wait = this.#waits;
    this.#waits = Math.min(2 * wait, LONGEST_WAIT);
    return wait;
  }

  #well(): void {
    if (this.#trouble !== null) this.#parts.log.info("Notices go to the Matrix room again.");
    this.#trouble = null;
    this.#waits = SHORTEST_WAIT;
  }
}

const TELL = "tell";
const HIDE = "hide";

/** `OWNER/NAME`; null where there is no other to mistake it for. */
function nameOf(repository: number, shown: readonly KeptRepository[], alone = 1): string | null {
  const found = shown.find((one) => one.repository === repository);
  return found === undefined || shown.length <= alone ? null : `${found.owner}/${found.name}`;
}
