import { DISPOSITIONS, type Disposition } from "../model/rules.js";
import { foldSpace } from "../text/fold.js";
import { shortened } from "./spoken.js";

/** What an older bot's status comment says (takeover.legacy). */
export interface LegacyStatus {
  readonly cancelled: boolean;
  /** Login after "Team member @"; it may be the bot's own. */
  readonly mover: string | null;
  /** null where the comment says **None**, or a word the clerk does not know. */
  readonly disposition: Disposition | null;
  readonly boxes: readonly { readonly login: string; readonly ticked: boolean }[];
  readonly concerns: readonly {
    readonly text: string;
    readonly resolved: boolean;
    readonly url: string | null;
  }[];
}

/**
 * Only where the comment begins with it, or with the note that it was cancelled: the older bot also repeated members' words
 * in its other comments ("Unknown concern '…'."). Its first years wrote the disposition without stars, and across two lines.
 */
const OPENING =
  /^\s*(\*\*This FCP proposal has been cancelled\b[^\r\n]*[\r\n]\s*)*Team member @?([A-Za-z0-9][A-Za-z0-9_-]*)(?:\[bot\])? has proposed to (?:\*\*([A-Za-z]+)\*\*|([A-Za-z]+))\s+this\b/iu;
const BOX = /^\s*[*+-] \[([ xX])\] @([A-Za-z0-9][A-Za-z0-9_-]*)/;
const HEADING = /^\s*(?:#+ *)?(?:\*\*)?Concerns:?(?:\*\*)?:?\s*$/i;
const ITEM = /^\s*[*+-] +(.*)$/;

/** Reads the status comment of the older bots (rfcbot's and mscbot's have the same form); null when it is none. */
export function parseLegacyStatus(body: string): LegacyStatus | null {
  const opening = OPENING.exec(body);
  if (opening === null) return null;
  const lines = body.split(/\r\n|\r|\n/);
  const heading = lines.findIndex((line) => HEADING.test(line));
  const list = heading < 0 ? lines : lines.slice(0, heading);
  return {
    cancelled: opening[1] !== undefined,
    mover: opening[2] ?? null,
    disposition: DISPOSITIONS.find((each) => each === (opening[3] ?? opening[4] ?? "").toLowerCase()) ?? null,
    boxes: list.flatMap((line) => {
      const [, mark, login] = BOX.exec(line) ?? [];
      return login === undefined ? [] : [{ login, ticked: mark !== " " }];
    }),
    concerns: heading < 0 ? [] : concernsIn(lines.slice(heading + 1)),
  };
}

/** The items right under the heading; the next paragraph, which explains the process, ends them. */
function concernsIn(lines: readonly string[]): LegacyStatus["concerns"] {
  const concerns: { text: string; resolved: boolean; url: string | null }[] = [];
  for (const line of lines) {
    const item = ITEM.exec(line)?.[1];
    if (item !== undefined) {
      const concern = concernIn(foldSpace(item));
      if (concern.text !== "") concerns.push(concern);
    } else if (line.trim() !== "") break;
  }
  return concerns;
}

/** `text (link)`, or `~~text~~ resolved by link`: the link is where it was raised, or resolved. */
function concernIn(item: string): { text: string; resolved: boolean; url: string | null } {
  const struck = /^~~(.*)~~(.*)$/.exec(item);
  const resolved = struck !== null;
  const spoken = (struck?.[1] ?? item).trim();
  const raisedAt = / *\((https?:\/\/[^\s()]+)\)$/.exec(spoken);
  const text = (raisedAt === null ? spoken : spoken.slice(0, raisedAt.index)).trim();
  const url = raisedAt?.[1] ?? /https?:\/\/[^\s()<>\]]+/.exec(struck?.[2] ?? "")?.[0] ?? null;
  return { text: shortened(text), resolved, url };
}
