import { series } from "../../domain/messages/grammar.js";
import type { PeopleReader } from "../../github/read/people.js";
import type { AnsweredMember } from "./answers.js";

export type FoundPeople =
  | { readonly kind: "people"; readonly members: readonly AnsweredMember[] }
  /** Goes into a sentence, and has no full stop. */
  | { readonly kind: "wrong"; readonly why: string };

/** Who the members are, as GitHub has them. */
export interface LookUp {
  /** By their logins. Where GitHub does not answer they stay as they were typed, without ids. */
  people(logins: readonly string[]): Promise<FoundPeople>;
  team(organisation: string, team: string): Promise<FoundPeople>;
  /** Why somebody has no id; null: everybody has one. */
  readonly untold: string | null;
}

export class GitHubLookUp implements LookUp {
  readonly #people: PeopleReader;
  readonly #progress: (text: string) => void;
  untold: string | null = null;

  constructor(people: PeopleReader, progress: (text: string) => void) {
    this.#people = people;
    this.#progress = progress;
  }

  async people(logins: readonly string[]): Promise<FoundPeople> {
    const members: AnsweredMember[] = [];
    const unknown: string[] = [];
    const noPeople: string[] = [];
    this.untold = null;
    for (const [index, login] of logins.entries()) {
      // One that fails does so for all: GitHub cannot be reached, or has been asked too often without a token.
      if (this.untold !== null) {
        members.push({ login, id: null });
        continue;
      }
      this.#progress(`Asking GitHub for ${index + 1} of ${logins.length} accounts`);
      const read = await this.#people.account(login);
      if (read.kind === "unreadable") {
        this.untold = /credentials/.test(read.why) ? "GitHub does not accept the token" : read.why;
        members.push({ login, id: null });
      } else if (read.kind === "gone") unknown.push(login);
      else if (read.account.type !== "User") noPeople.push(login);
      else members.push({ login: read.account.login, id: read.account.id });
    }
    if (unknown.length > 0)
      return { kind: "wrong", why: `GitHub has no account ${series(unknown.map(quoted), "or")}` };
    if (noPeople.length > 0)
      return {
        kind: "wrong",
        why: `of ${series(noPeople.map(quoted))} GitHub says that no person has that account`,
      };
    return { kind: "people", members };
  }

  async team(organisation: string, team: string): Promise<FoundPeople> {
    this.#progress(`Asking GitHub for the team ${organisation}/${team}`);
    const read = await this.#people.team(organisation, team);
    if (read.kind === "gone")
      return {
        kind: "wrong",
        why: `GitHub shows no team ${organisation}/${team}: it shows teams to members of the organisation alone, by a token with the scope read:org in GITHUB_TOKEN`,
      };
    if (read.kind === "unreadable")
      return { kind: "wrong", why: `the team ${organisation}/${team} cannot be read: ${read.why}` };
    const members = read.members
      .filter(({ type }) => type === "User")
      .map(({ login, id }) => ({ login, id }));
    return members.length === 0
      ? { kind: "wrong", why: `the team ${organisation}/${team} has no members` }
      : { kind: "people", members };
  }
}

const quoted = (login: string): string => `“${login}”`;
