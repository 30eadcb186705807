import { canAct, type PersonRef, personOf, sameLogin, samePerson } from "../model/people.js";
import type { NamedAuthor, Register } from "../model/register.js";
import type { Rules } from "../model/rules.js";
import type { PullFacts, Snapshot } from "../model/snapshot.js";
import type { Instant } from "../text/time.js";
import { metadataIn } from "./metadata.js";
import { type ActContext, accepted, mayAct, onAmendment, type Ruling, refused } from "./ruling.js";

/*
 * author.named, author.hand-over: who may use the author's commands, and whose yes is none of fcp.after's two. Whoever opened the pull
 * request names others in its description; each of those is an author from then on, and nothing that is written later takes it back. Nobody is
 * made one by anybody else's edit of the description, nobody loses anything by another's word but the yes they give from then on as one of two,
 * and who is named and is no author says so themself.
 */

/** So many people are kept: whoever opens a pull request can name anybody, as often as they like. */
const MOST_AUTHORS = 20;

const entriesOf = ({ authors = [] }: Register, person: PersonRef): readonly NamedAuthor[] =>
  authors.filter((one) => samePerson(one.person, person));

/** The login as the description or a command has it, with the id where the roster gives one. */
const called = (login: string, { teams }: Rules): PersonRef => {
  const member = teams.flatMap(({ members }) => members).find((one) => sameLogin(one.login, login));
  return { login: member?.login ?? login, id: member?.id ?? null };
};

const isOpener = ({ author }: Pick<PullFacts, "author">, person: PersonRef): boolean =>
  canAct(author) && samePerson(personOf(author), person);

/** Did this person speak as an author at that moment? Whoever opened the pull request does until they hand over. */
function spokeAsAuthor(
  register: Register,
  { pull }: Pick<Snapshot, "pull">,
  rules: Rules,
  person: PersonRef,
  at: Instant,
): boolean {
  const entries = rules.namedAuthors === true ? entriesOf(register, person) : [];
  if (entries.length === 0) return isOpener(pull, person);
  return entries.some((one) => one.at <= at && (one.left === null || at < one.left.at));
}

/** Is the acting person an author? Nobody is by an account that is gone. */
export const isAuthor = ({ register, snapshot, rules, act, person }: ActContext): boolean =>
  canAct(act.by) && spokeAsAuthor(register, snapshot, rules, person, act.at);

/** author.named: with the names that the description gives in its author's own words, while they speak as an author. */
export function withNamedAuthors(register: Register, snapshot: Snapshot, rules: Rules): Register {
  const { description, author, url } = snapshot.pull;
  if (rules.namedAuthors !== true || description === null || !canAct(author)) return register;
  const { at } = description;
  if (!spokeAsAuthor(register, snapshot, rules, personOf(author), at)) return register;
  return metadataIn(description.lines).authors.reduce((known, login): Register => {
    const person = called(login, rules);
    const isKnown = isOpener(snapshot.pull, person) || entriesOf(known, person).length > 0;
    const entry: NamedAuthor = { person, at, url, via: "description", left: null };
    return isKnown || isFull(known) ? known : withEntry(known, entry);
  }, register);
}

const isFull = ({ authors = [] }: Register): boolean => authors.length >= MOST_AUTHORS;

const withEntry = (register: Register, entry: NamedAuthor): Register => ({
  ...register,
  authors: [...(register.authors ?? []), entry],
});

/** Those of this person that stand end in this way. */
const leaving = (
  register: Register,
  person: PersonRef,
  how: "handed_over" | "disowned",
  at: Instant,
): Register => ({
  ...register,
  authors: (register.authors ?? []).map((one) =>
    one.left === null && samePerson(one.person, person) ? { ...one, left: { how, at } } : one,
  ),
});

/** author.hand-over: an author's commands pass to somebody else. Whoever opened the pull request can always say to whom. */
export function handOver(context: ActContext, to: string | null): Ruling {
  const { register, snapshot, rules, person, act, commandText: said, phase } = context;
  if (!isAuthor(context) && !(canAct(act.by) && isOpener(snapshot.pull, person)))
    return refused(context, { code: "for_authors", said });
  const elsewhere = onAmendment(context);
  if (elsewhere !== null) return refused(context, elsewhere);
  if (phase === "ended") return refused(context, { code: "ended", said });
  if (to === null) return refused(context, { code: "names_nobody", said });
  const next = called(to, rules);
  // Who has passed them on has them back by the words of whoever has them, and not by their own.
  if (samePerson(next, person))
    return isAuthor(context) ? accepted(register) : refused(context, { code: "for_authors", said });
  if (entriesOf(register, next).some(({ left }) => left?.how === "disowned"))
    return refused(context, { code: "no_more_authors", said, because: "disowned" });
  const { at, url } = act;
  const opened: NamedAuthor = {
    person,
    at: snapshot.pull.createdAt,
    url: snapshot.pull.url,
    via: "opened",
    left: { how: "handed_over", at },
  };
  const left =
    entriesOf(register, person).length === 0
      ? withEntry(register, opened)
      : leaving(register, person, "handed_over", at);
  const isOne = entriesOf(left, next).some((one) => one.left === null);
  if (isOne || isWithAuthorStill(left, snapshot, next)) return accepted(left);
  if (isFull(left)) return refused(context, { code: "no_more_authors", said, because: "too_many" });
  return accepted(withEntry(left, { person: next, at, url, via: "handover", left: null }));
}

/** Whoever opened it and has not handed over is an author without being named. */
const isWithAuthorStill = (register: Register, { pull }: Snapshot, person: PersonRef): boolean =>
  isOpener(pull, person) && entriesOf(register, person).length === 0;

/** author.named: who is named as an author and is none says so. From then on they never were; whoever opened it cannot say it. */
export function disown(context: ActContext): Ruling {
  const { register, person, act, commandText: said } = context;
  const isNamed = entriesOf(register, person).some(({ left }) => left === null);
  if (!isNamed || isOpener(context.snapshot.pull, person))
    return refused(context, { code: "not_named", said });
  return accepted(leaving(register, person, "disowned", act.at));
}

/** author.shepherd: a member says who helps the proposal along. It is shown, and gives no say. */
export function shepherd(context: ActContext, to: string | null): Ruling {
  const { register, rules, person: by, act, commandText: said, phase } = context;
  if (!mayAct(context)) return refused(context, { code: "not_a_member", said });
  const elsewhere = onAmendment(context);
  if (elsewhere !== null) return refused(context, elsewhere);
  if (phase === "ended") return refused(context, { code: "ended", said });
  if (to === null) return refused(context, { code: "names_nobody", said });
  return accepted({
    ...register,
    shepherd: { person: called(to, rules), by, at: act.at, url: act.url },
  });
}

/**
 * fcp.after: until when a member's yes is one of the two. Whoever was made an author afterwards is not one of those any more for what they say
 * from then on; what they had said before stands, so nobody takes it away by naming them. null: they were made none.
 */
export function authorSince(register: Register, rules: Rules, member: PersonRef): Instant | null {
  if (rules.namedAuthors !== true) return null;
  const named = (register.authors ?? []).filter(
    ({ person, left }) =>
      left?.how !== "disowned" &&
      (person.id !== null && member.id !== null
        ? person.id === member.id
        : sameLogin(person.login, member.login)),
  );
  return named.length === 0 ? null : Math.min(...named.map(({ at }) => at));
}
