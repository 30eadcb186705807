import { canAct, personOf, sameLogin } from "../model/people.js";
import type { Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { Snapshot } from "../model/snapshot.js";
import { DAY, type Instant, MINUTE } from "../text/time.js";
import { withNamedAuthors } from "./authors.js";
import { isLeftAlone } from "./life.js";
import { isOnRoster } from "./needs.js";
import { changesText } from "./scope.js";

/** What a look finds that nobody has said, and that no later look could tell any more: it is written down. */
export const withSeen = (register: Register, snapshot: Snapshot, rules: Rules, now: Instant): Register =>
  withPlaceholder(
    withNewcomer(withNamedAuthors(register, snapshot, rules), snapshot, rules, now),
    snapshot,
    rules,
    now,
  );

/** Nobody is welcomed long after they came: not where the clerk was away, or the config came to say so, meanwhile. */
const NEW = DAY;

/**
 * said.welcome: whoever opened it has had nothing merged here before, and the clerk sees it for the first time. Whether it is a proposal may
 * show later, and then nobody could tell any more when it was opened and when the config came to welcome people.
 */
function withNewcomer(register: Register, snapshot: Snapshot, rules: Rules, now: Instant): Register {
  const { pull, check, ownComments, adoptedAt } = snapshot;
  const { author, createdAt } = pull;
  const seenBefore = check !== null || ownComments.length > 0 || snapshot.register !== null;
  const isNew = createdAt >= adoptedAt && createdAt > now - NEW;
  if (rules.welcome === undefined || register.welcome !== undefined || seenBefore || !isNew) return register;
  const person = canAct(author) ? personOf(author) : null;
  return person !== null &&
    pull.newcomer === true &&
    pull.state === "open" &&
    !pull.locked &&
    !isOnRoster(rules, person)
    ? { ...register, welcome: now }
    : register;
}

const isPlaceholder = ({ labels }: Snapshot, rules: Rules): boolean =>
  labels.some((label) => sameLogin(label, rules.labels.placeholder));

/** proposal.placeholder: first seen without a text, and then with one. What had one from the beginning is for people to sort. */
function withPlaceholder(register: Register, snapshot: Snapshot, rules: Rules, now: Instant): Register {
  const { placeholder: known } = register;
  if (rules.filledPlaceholder === undefined || !isPlaceholder(snapshot, rules)) return register;
  // More files than GitHub lists could be anything.
  if (snapshot.pull.state !== "open" || snapshot.filesCutOff || known?.filled != null) return register;
  const hasText = changesText(snapshot, rules);
  if (known === undefined)
    return hasText ? register : { ...register, placeholder: { empty: now, filled: null } };
  return hasText ? { ...register, placeholder: { ...known, filled: now } } : register;
}

/** proposal.placeholder: when to look again whether the labels are those of a proposal: the clerk's own doing wakes nobody. */
export const swapsLabelsAt = (
  { placeholder }: Register,
  snapshot: Snapshot,
  rules: Rules,
  now: Instant,
): Instant | null =>
  rules.filledPlaceholder !== undefined &&
  placeholder?.filled != null &&
  isPlaceholder(snapshot, rules) &&
  isLeftAlone(snapshot, rules.labels.placeholder, placeholder.filled)
    ? now + 10 * MINUTE
    : null;
