import { DAY, type Instant } from "../../domain/text/time.js";
import { waitingText } from "../draft/patience.js";
import type { Session } from "../session.js";
import { type Audience, type Looked, type LookWish, lookAtAll, type Summary } from "./look.js";
import { headJson, lookedJson, steadyJson, summaryJson } from "./shadowJson.js";
import {
  failedLookText,
  headText,
  newsText,
  nothingNewText,
  progressText,
  proposalText,
  summaryText,
} from "./words.js";

/** Where it is told. */
export interface Outlet {
  /** A text of one line or several. */
  readonly tell: (text: string) => void;
  /** An object, as one line; null: people read it. */
  readonly json: ((line: object) => void) | null;
  /** How far it has come. */
  readonly progress: (text: string) => void;
  /** What went wrong, or takes long. */
  readonly note: (text: string) => void;
}

/** All agree, something could not be read, there are differences: as docs/commands.md has them. */
export const EXIT = { agrees: 0, unreadable: 1, differs: 3 } as const;

/**
 * `msc-clerk shadow`: looks once, or, where `follow`, at the same moment of every day (UTC) until `signal` is aborted, and then tells only what is
 * new. Resolves with the exit code of the newest look.
 */
export async function shadow(
  asked: Omit<LookWish, "again">,
  follow: boolean,
  session: Session,
  out: Outlet,
): Promise<number> {
  const { clock } = session;
  const before = new Map<number, string>();
  const began = clock.now();
  let code = await look({ ...asked, again: follow }, session, out, before, null);
  for (let days = 1; follow && !asked.signal.aborted; days += 1) {
    const next = began + days * DAY;
    // A look that took longer than a day is followed by the next one at that moment of the day.
    if (next <= clock.now()) continue;
    await clock.sleep(next - clock.now(), asked.signal);
    if (asked.signal.aborted) break;
    code = await look({ ...asked, again: true }, session, out, before, next + DAY);
  }
  return code;
}

/** @param next when it is looked again, of a look that is not the first; null: this is the first */
async function look(
  asked: LookWish,
  session: Session,
  out: Outlet,
  before: Map<number, string>,
  next: Instant | null,
): Promise<number> {
  const at = session.clock.now();
  let news = 0;
  const audience: Audience = {
    began: (told) => {
      if (next === null)
        say(
          out,
          () => headText(told),
          () => headJson(told),
        );
    },
    looked: (looked) => {
      const same = steadyText(looked);
      if (before.get(looked.number) === same) return;
      before.set(looked.number, same);
      if (next !== null && news === 0 && out.json === null) out.tell(newsText(at));
      news += 1;
      say(
        out,
        () => proposalText(looked),
        () => lookedJson(looked),
      );
    },
    progress: (done, of) => out.progress(progressText(done, of)),
    waits: (why, until) => out.note(waitingText(why, until)),
  };
  const result = await lookAtAll(asked, session, audience);
  if (result.kind === "not") {
    out.note(next === null ? result.why : failedLookText(at, result.why, next));
    return EXIT.unreadable;
  }
  const { summary } = result;
  const hasLooked = summary.notLookedAt === 0;
  if (next !== null && news === 0 && hasLooked && out.json === null) out.tell(nothingNewText(at));
  else
    say(
      out,
      () => summaryText(summary),
      () => summaryJson(summary),
    );
  return codeOf(summary);
}

/** What is not read is not known to agree. */
const codeOf = ({ unreadable, notLookedAt, differ }: Summary): number =>
  unreadable + notLookedAt > 0 ? EXIT.unreadable : differ > 0 ? EXIT.differs : EXIT.agrees;

const steadyText = (looked: Looked): string =>
  JSON.stringify(looked.kind === "unreadable" ? looked : steadyJson(looked));

function say(out: Outlet, text: () => string, json: () => object): void {
  if (out.json === null) out.tell(text());
  else out.json(json());
}
