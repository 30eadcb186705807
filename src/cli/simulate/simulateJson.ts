import { statusSentence } from "../../domain/messages/statusSentence.js";
import type { TeamShortfall } from "../../domain/model/decision.js";
import { iso } from "../../domain/text/time.js";
import { explainJson } from "../explainJson.js";
import { isProposal, type Simulated } from "./judge.js";
import type { Setting, Simulation } from "./simulate.js";
import { personSentence, turnText } from "./words.js";

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
const FORMAT = "msc-clerk simulate 1";

/** What `simulate` tells of a repository, for programs: docs/commands.md has its fields. Texts that people wrote stand as they wrote them. */
export function simulationJson(simulation: Simulation): object {
  const { pulls, amendments, unread, more, surroundings, firstDayOn, requests } = simulation;
  const { people, readersUntold, labels } = surroundings;
  return {
    ...settingJson(simulation),
    open: pulls.length + amendments.length + unread.length,
    complete: unread.length === 0 && !more,
    wouldWriteOn: firstDayOn,
    people: people.map((finding) => ({
      login: finding.login,
      what: finding.what,
      sentence: personSentence(finding),
    })),
    readersUntold,
    labels: labels === null ? null : { ...labels },
    amendments,
    unread,
    pulls: pulls.map(pullJson),
    requests,
  };
}

/** Of one pull request, with the whole of `explain`. */
export const oneJson = (setting: Setting, pull: Simulated): object => ({
  ...settingJson(setting),
  ...pullJson(pull),
  explain: explainJson(pull.draft.decision, pull.draft.snapshot, pull.draft.actions),
});

const settingJson = ({ repository, file, clerk, present, at }: Setting) => ({
  format: FORMAT,
  ...{ repository, file, clerk },
  comparedWith: present.kind === "valid" ? { commit: present.commit } : null,
  config: present.kind,
  at: iso(at),
});

const pullJson = ({
  number,
  title,
  url,
  today,
  stand,
  sentence,
  rule,
  turn,
  lost,
  gained,
  draft,
}: Simulated) => ({
  ...{ number, title, url },
  today:
    today.by === "config"
      ? {
          by: "config",
          stand: today.stand,
          isProposal: isProposal(today.stand),
          sentence: statusSentence(today.decision),
        }
      : { by: "labels", stand: today.state, yes: today.yes },
  draft: {
    stand,
    isProposal: isProposal(stand),
    reason: { code: draft.decision.reason.code, sentence },
    rule: rule === null ? null : { name: rule.name, teams: rule.teams.map(teamJson) },
    turn: turn === null ? null : turnText(turn),
    lost,
    gained,
    wouldWrite: draft.wouldWrite,
  },
});

const teamJson = ({ title, yes, needed, size, quorum }: TeamShortfall) => ({
  ...{ title, yes, needed, size },
  quorum: quorum === undefined ? null : { ...quorum },
});
