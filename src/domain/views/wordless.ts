import type { PublicEvent } from "../model/publicView.js";

/** An event, and apart from it what its author wrote with it, which is theirs to take back; empty: nothing. */
export interface Wordless<Event extends PublicEvent = PublicEvent> {
  readonly event: Event;
  readonly words: string;
}

/** Takes the words from an event. The text of a concern stays with it: it is what is to be answered (act.durable). */
export function wordless<Event extends PublicEvent>(event: Event): Wordless<Event> {
  const { what } = event;
  return what.kind === "vote" || what.kind === "review"
    ? { event: { ...event, what: { ...what, text: "" } }, words: what.text }
    : { event, words: "" };
}

/** The event whole again. */
export const withWords = <Event extends PublicEvent>({ event, words }: Wordless<Event>): Event =>
  event.what.kind === "vote" || event.what.kind === "review"
    ? { ...event, what: { ...event.what, text: words } }
    : event;
