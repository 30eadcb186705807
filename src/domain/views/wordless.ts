import type { Happening, PublicEvent } from "../model/publicView.js";

/** An event, and apart from it what its author wrote with it, which is theirs to change and to take back; empty: nothing. */
export interface Wordless<Event extends PublicEvent = PublicEvent> {
  readonly event: Event;
  readonly words: string;
}

type Worded = Extract<Happening, { readonly text: string }>;
const isWorded = (what: Happening): what is Worded =>
  what.kind === "vote" || what.kind === "review" || what.kind === "concern";

/** Takes the words from an event. A concern is told as long as there is a record, in its author's last words (act.durable). */
export const wordless = <Event extends PublicEvent>(event: Event): Wordless<Event> =>
  isWorded(event.what)
    ? { event: { ...event, what: { ...event.what, text: "" } }, words: event.what.text }
    : { event, words: "" };

/** The event whole again. */
export const withWords = <Event extends PublicEvent>({ event, words }: Wordless<Event>): Event =>
  isWorded(event.what) ? { ...event, what: { ...event.what, text: words } } : event;
