import type { PersonRef } from "../model/people.js";
import { isLegacyName, isMember } from "../model/people.js";
import type { WordsContext } from "./context.js";
import { escaped } from "./escape.js";

/** What GitHub takes for a login; a bare underscore is found in the logins of managed accounts. */
const LOGIN = /^[a-z\d][a-z\d_-]{0,99}$/i;

/** A mention that notifies. Only for people the clerk has a reason to call. */
export const mention = (person: Pick<PersonRef, "login">): string =>
  LOGIN.test(person.login) ? `@${person.login}` : escaped(person.login);

/** The login without the sign that notifies. */
export const named = (person: Pick<PersonRef, "login">): string => escaped(person.login);

/** Members of a team are mentioned, everybody else only named. */
export const personIn = (context: WordsContext, person: PersonRef): string =>
  context.rules.teams.some((team) => team.members.some((member) => isMember(member, person)))
    ? mention(person)
    : named(person);

/**
 * The mover of a motion that was taken over may be the older bot itself, whose comment did not say for whom it spoke (takeover.legacy),
 * or an account that is gone, which GitHub calls `ghost`.
 */
export const isUnknown = (context: WordsContext, person: PersonRef): boolean => {
  return person.login.toLowerCase() === "ghost" || isLegacyName(person.login, context.rules);
};
