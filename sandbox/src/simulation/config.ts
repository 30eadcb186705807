import { DAY } from "msc-clerk/domain/text/time.js";
import { RECORD_KEY } from "../roster.js";

/** Of a Final Comment Period. */
export const LENGTH = 2 * DAY;

/** Labels that hold a Final Comment Period, before it begins and before it is over. */
export const GATES = { begin: "blocked", conclude: "needs-tests" } as const;

/** So many of a team of that size have to say yes. */
export const neededOf = (members: number): number => Math.ceil((members * 2) / 3);

/** So many of a team of that size have to say yes to a change of who sits in it. */
export const neededToAmend = (change: "seat" | "unseat", members: number): number =>
  change === "seat" ? members : Math.ceil((members * 3) / 4);

/** A body with one team that decides, and guardians. `added`: who was put on it later, as the file has to have them. */
export const configOf = (members: readonly string[], added: readonly Added[] = []): string => `version: 1
teams:
  team:
    title: The Team
    members: [${[...members, ...added.map(({ login, id }) => `{ login: ${login}, id: ${id} }`)].join(", ")}]
  guardians:
    members: [${members[0] ?? ""}]
guardians: guardians
decisions:
  - name: change
    approval: { team: 2/3 }
final_comment_period: 2 days
gates:
  - { labels_absent: [${GATES.begin}], before: begin }
  - { labels_absent: [${GATES.conclude}], before: conclude }
amendments:
  add_member: [{ team: 100% }]
  remove_member: [{ team: 75% }]
  lead: [{ team: 75% }]
  remove_lead: [{ team: 75% }]
  confirm_lead: [{ team: 75% }]
  add_guardian: [{ guardians: 75% }]
  remove_guardian: [{ guardians: 75% }]
  details: [{ team: 75% }]
  rules: [{ team: 75%, guardians: 75% }]
record_keys: [${RECORD_KEY}]
`;

interface Added {
  readonly login: string;
  readonly id: number;
}

/** Those of the repository before the clerk comes. */
export const FIRST_LABELS = [
  "proposal",
  "vote:approve",
  "vote:abstain",
  "vote:retract",
  "disposition-merge",
  "disposition-close",
  "disposition-postpone",
  "final-comment-period",
  "proposed-final-comment-period",
  "finished-final-comment-period",
  "unresolved-concerns",
  GATES.begin,
  GATES.conclude,
] as const;

/** Those of the clerk's that people put on and take off by hand. */
export const HAND_LABELS = [
  "final-comment-period",
  "proposed-final-comment-period",
  "finished-final-comment-period",
  "unresolved-concerns",
  "disposition-merge",
] as const;
