import type { Happening, PublicEvent } from "../model/publicView.js";
import { HIDDEN } from "./hidden.js";

/** An event, and apart from it what its author wrote with it, which is theirs to change and to take back; empty: nothing. */
export interface Wordless<Event extends PublicEvent = PublicEvent> {
  readonly event: Event;
  readonly words: string;
}

type Worded = Extract<Happening, { readonly text: string }>;
const isWorded = (what: Happening): what is Worded =>
  what.kind === "vote" || what.kind === "review" || what.kind === "concern";

/**
 * Takes the words from an event. A concern is told as long as there is a record, in its author's last words (act.durable). A reason stays, as it is
 * part of what was done; where it is hidden on GitHub, that stands in its place.
 */
export function wordless<Event extends PublicEvent>({
  hidden,
  ...told
}: Event): Wordless<Omit<Event, "hidden">> {
  const { what } = told;
  if (!isWorded(what)) return { event: told, words: hidden === true ? HIDDEN : "" };
  // Where nothing was said, nothing is hidden: a tick stands in a comment of the clerk's.
  const words = hidden === true && what.text !== "" ? HIDDEN : what.text;
  return { event: { ...told, what: { ...what, text: "" } }, words };
}

/** The event whole again. */
export function withWords<Event extends PublicEvent>({ event, words }: Wordless<Event>): Event {
  const { what } = event;
  if (isWorded(what)) return { ...event, what: { ...what, text: words } };
  return "reason" in what && words === HIDDEN ? { ...event, what: { ...what, reason: words } } : event;
}
