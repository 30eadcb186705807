/**
 * Who did it, as GitHub tells: `null` stands for a deleted account wherever an `Account | null` is asked for.
 * `login` of a Bot is without `[bot]` (GraphQL's way), whatever API it was read from.
 */
export interface Account {
  readonly type: "User" | "Bot" | "Mannequin" | "Other";
  readonly login: string;
  /** The numeric GitHub id, which cannot change hands; null where GitHub gave none. */
  readonly id: number | null;
}

/** A person as the record keeps them: by login and, where known, by numeric id. */
export interface PersonRef {
  readonly login: string;
  readonly id: number | null;
}

/** act.identity: bots, deleted and placeholder accounts never act. */
export const canAct = (account: Account | null): account is Account =>
  account !== null && account.type === "User";

export const sameLogin = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The accounts of older bots as the config names them, lower case. */
interface Legacy {
  readonly legacyBots: readonly string[];
}

/** takeover.legacy: the account that is named so, and of that type: a person can register an App's name, and an App be given a person's. */
export const isLegacyBot = ({ type, login }: Account, { legacyBots }: Legacy): boolean =>
  (type === "Bot" && legacyBots.includes(`${login.toLowerCase()}[bot]`)) ||
  (type === "User" && legacyBots.includes(login.toLowerCase()));

/** The name of an older bot, whichever type of account it has. */
export const isLegacyName = (login: string, { legacyBots }: Legacy): boolean =>
  legacyBots.some((bot) => sameLogin(bot.replace(/\[bot\]$/, ""), login.replace(/\[bot\]$/i, "")));

/** Are these the same account? By number where both have one. */
export const sameAccount = (a: Account, b: Account): boolean =>
  a.id !== null && b.id !== null ? a.id === b.id : a.type === b.type && sameLogin(a.login, b.login);

/** act.identity: by numeric id where both sides have one, else by login without regard to case. */
export const samePerson = (a: PersonRef, b: PersonRef): boolean =>
  a.id !== null && b.id !== null ? a.id === b.id : sameLogin(a.login, b.login);

/**
 * act.identity: does this roster entry mean this person? Where the roster gives an id only that id will do:
 * a login that changed hands is somebody else.
 */
export const isMember = (member: PersonRef, person: PersonRef): boolean =>
  member.id !== null ? member.id === person.id : sameLogin(member.login, person.login);

export const personOf = (account: Account): PersonRef => ({ login: account.login, id: account.id });
