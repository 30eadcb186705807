import type { Caller } from "../client/call.js";
import { pages, readOne } from "../client/rest.js";
import type { RepositoryRef } from "../ports.js";
import { type ReadResult, STRANGE, unreadable } from "../readResult.js";
import { NO_INSTALLATION } from "./whoIsTheClerk.js";

/** An account as it is found by its login. */
export interface FoundAccount {
  /** As GitHub writes it. */
  readonly login: string;
  readonly id: number;
  /** `User`, `Bot`, `Organization`: only a user votes. */
  readonly type: string;
}

/** Who the people are that a config names. Decides nothing. */
export interface PeopleReader {
  /** gone: nobody has that login. */
  account(login: string): Promise<ReadResult<{ account: FoundAccount }>>;
  /** May they read the repository, and so review in it? GitHub tells that to whoever may push there. */
  mayRead(ref: RepositoryRef, login: string): Promise<ReadResult<{ mayRead: boolean }>>;
  /** Of a team of an organisation, those of its child teams too. gone: there is none, or the token may not see it. */
  team(organisation: string, team: string): Promise<ReadResult<{ members: readonly FoundAccount[] }>>;
}

export const peopleReader = (caller: Caller): PeopleReader => ({
  async account(username) {
    const read = await readOne(caller, NO_INSTALLATION, "GET /users/{username}", { username });
    if (read.kind !== "read") return read;
    const account = accountIn(read.data);
    return account === null ? NO_GITHUB : { kind: "read", account };
  },
  // https://docs.github.com/rest/collaborators/collaborators#get-repository-permissions-for-a-user
  async mayRead({ installation, owner, name: repo }, username) {
    const route = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
    const read = await readOne(caller, installation, route, { owner, repo, username });
    if (read.kind !== "read") return read;
    const permission: unknown = isObject(read.data) ? read.data.permission : null;
    return typeof permission === "string" ? { kind: "read", mayRead: permission !== "none" } : NO_GITHUB;
  },
  // https://docs.github.com/rest/teams/members#list-team-members
  async team(org, team_slug) {
    const route = "GET /orgs/{org}/teams/{team_slug}/members";
    const read = await pages(caller, NO_INSTALLATION, route, { org, team_slug });
    if (read.kind !== "read") return read;
    const members = read.items.map(accountIn);
    return members.every((one) => one !== null) ? { kind: "read", members } : NO_GITHUB;
  },
});

/** A portal or a proxy in between answers all it is asked, and what it says is nobody's account. */
const NO_GITHUB = unreadable(STRANGE, null);

/** null: it is no account. */
function accountIn(data: unknown): FoundAccount | null {
  if (!isObject(data)) return null;
  const { login, id, type } = data as Partial<Record<"login" | "id" | "type", unknown>>;
  const number = Number(id);
  return typeof login === "string" && typeof type === "string" && Number.isSafeInteger(number) && number > 0
    ? { login, id: number, type }
    : null;
}

const isObject = (data: unknown): data is object => typeof data === "object" && data !== null;
