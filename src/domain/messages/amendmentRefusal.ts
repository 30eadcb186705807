import type { AmendmentRefusal, Lockout } from "../model/decision.js";
import { plain, shorten } from "./escape.js";
import { count, series } from "./grammar.js";

/** Why an amendment cannot pass as it is, and what to do: plain text without a full stop, to stand in a sentence. */
export function refusalSentence(refusal: AmendmentRefusal): string {
  switch (refusal.code) {
    case "not_alone": {
      const shown = refusal.paths.slice(0, 3).map((path) => shorten(plain(path), 60));
      const rest = refusal.paths.length - shown.length;
      return `an amendment stands alone, and this also changes ${series(rest > 0 ? [...shown, count(rest, "more file")] : shown)}`;
    }
    case "invalid":
      return `the config file would not be valid (${count(refusal.faults, "fault")}, shown on the diff)`;
    case "gone":
      return "it takes the config file away, and nothing could be decided or amended without it";
    case "not_a_file":
      return "the config would no longer be a plain file";
    case "out_of_date":
      return "the config on the default branch has changed since: bring this branch up to date";
    case "too_many":
      return refusal.what === "people"
        ? `it seats or renames ${refusal.count} people at once, and at most ${refusal.limit} are looked into: split it into several amendments`
        : `it makes ${refusal.count} changes at once, and at most ${refusal.limit} are weighed: split it into several amendments`;
    case "no_id":
      return refusal.actual === null
        ? `${plain(refusal.member.login)} is added without a numeric id, and GitHub knows no person’s account of that name`
        : `${plain(refusal.member.login)} is added without a numeric id: write id: ${refusal.actual} (a login can change hands, an id cannot)`;
    case "wrong_id":
      return refusal.actual === null
        ? `GitHub knows no account ${plain(refusal.member.login)}`
        : `${refusal.member.id ?? "no id"} is not the id of ${plain(refusal.member.login)}, which is ${refusal.actual}`;
    case "future_confidence":
      return `the date of confidence, ${plain(refusal.date)}, is later than the vote on it`;
    case "lockout":
      return lockoutSentence(refusal.lockout);
  }
}

function lockoutSentence(lockout: Lockout): string {
  switch (lockout.code) {
    case "team_gone":
      return `there would be no team ${plain(lockout.team)}, which ${plain(lockout.neededBy)} needs`;
    case "team_empty":
      return `nobody would be left in ${plain(lockout.team)}, which ${plain(lockout.neededBy)} needs`;
    case "below_minimum":
      return `the team ${plain(lockout.team)} would have ${count(lockout.size, "member")}, fewer than its minimum of ${lockout.minimum}, and could begin nothing`;
    case "no_route":
      return `amendments.${lockout.change} would have no route anybody could go`;
    case "lead_not_a_member":
      return `the lead of ${plain(lockout.team)}, ${plain(lockout.lead)}, would not be a member of it`;
  }
}
