import { decide } from "../domain/decide.js";
import { type MineFacts, mineText } from "../domain/messages/mine.js";
import { outlineOf } from "../domain/messages/outline.js";
import type { Outline } from "../domain/model/outline.js";
import { mineOf } from "../domain/reminders/mine.js";
import { type Instant, iso } from "../domain/text/time.js";
import { type CliResult, type Session, type Wanted, whyNot } from "./session.js";
import { validConfig } from "./validConfig.js";

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
const FORMAT = "msc-clerk mine 1";

/**
 * What waits for somebody on every open pull request, and on closed ones whose motion runs on. Writes nothing: it is given no writer. One that cannot be read is told, and the others
 * are read.
 * @param progress told how far it has come
 * @param said whose; null: whoever's token it is
 */
export async function mine(
  { owner, name }: Pick<Wanted, "owner" | "name">,
  said: string | null,
  session: Session,
  progress: (line: string) => void,
): Promise<CliResult> {
  const { installation, clock, github } = session;
  const login = said ?? (await github.evidence.whoAsks());
  // A sentence stands there where no person asks.
  if (login.includes(" "))
    return {
      kind: "not",
      why: `Whose? The token does not say who asks: msc-clerk mine ${owner}/${name} LOGIN.`,
    };
  const config = await validConfig({ owner, name }, session);
  if (config.kind === "not") return config;
  const repository = `${owner}/${name}`;
  const listed = await github.reader.everyOpen({ owner, name, installation });
  if (listed.kind !== "read") {
    const why = `The pull requests of ${repository} cannot be listed: ${whyNot(listed, clock.now())}.`;
    return { kind: "not", why };
  }
  // A motion to close or postpone runs on while the pull request is closed.
  const closed = await github.reader.closedMotions({ owner, name, installation }, config.rules);
  if (closed.kind !== "read") {
    const why = `The closed pull requests of ${repository} cannot be listed: ${whyNot(closed, clock.now())}.`;
    return { kind: "not", why };
  }
  const outlines: Outline[] = [];
  const unread: { number: number; why: string }[] = [];
  const numbers = [...new Set([...listed.numbers, ...closed.numbers])];
  for (const [at, number] of numbers.entries()) {
    progress(`${at} of ${numbers.length} pull requests read`);
    const ref = { owner, name, installation, number };
    const read = await github.reader.proposal(ref, config, () => null);
    github.reader.forget(ref);
    if (read.kind !== "read") {
      unread.push({ number, why: whyNot(read, clock.now()) });
      continue;
    }
    const decision = decide(read.snapshot, config.rules, clock.now());
    const outline = outlineOf(decision, read.snapshot, config.rules);
    if (outline !== null) outlines.push(outline);
  }
  const proposals = mineOf(outlines, { login, id: null }, config.rules);
  const facts: MineFacts = { repository, login, proposals, unread, more: listed.cutOff };
  return { kind: "told", text: mineText(facts, clock.now()), json: mineJson(facts, clock.now()) };
}

const mineJson = ({ repository, login, proposals, unread, more }: MineFacts, now: Instant): object => ({
  format: FORMAT,
  ...{ repository, login },
  at: iso(now),
  proposals: proposals.map((one) => ({ ...one, since: iso(one.since) })),
  unread,
  complete: unread.length === 0 && !more,
});
