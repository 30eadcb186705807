import type { Provenance } from "../../domain/model/register.js";
import { type Instant, iso } from "../../domain/text/time.js";
import type { ShadowDifference } from "./difference.js";
import { DIFFERENCE_KINDS } from "./difference.js";
import type { ComparedProposal, Look, Looked, Summary } from "./look.js";
import { differenceSentence, whySentence } from "./words.js";

/** Raised when a field is taken away or comes to mean something else; a field that is new raises nothing. */
const FORMAT = "msc-clerk shadow 1";

/*
 * What `shadow` tells, for programs: docs/commands.md has its fields. An object a line, the first of the look, then one a proposal, the last the
 * summary. Texts that people wrote stand as they wrote them.
 */

export const headJson = ({ repository, rulesFrom, clerk, olderBots, since }: Look): object => ({
  format: FORMAT,
  kind: "look",
  repository,
  rules:
    rulesFrom.kind === "branch"
      ? { from: "default branch", commit: rulesFrom.commit }
      : { from: "file", file: rulesFrom.file, alsoOnDefaultBranch: rulesFrom.alsoOnBranch },
  clerk,
  olderBots,
  since: iso(since),
});

export function lookedJson(looked: Looked): object {
  if (looked.kind === "unreadable")
    return { format: FORMAT, kind: "unreadable", number: looked.number, why: looked.why };
  return { ...steadyJson(looked), at: iso(looked.at) };
}

/** All but the moment of the look: what is the same in two looks is not new. */
export function steadyJson(looked: ComparedProposal): object {
  const { number, title, url, here, there, now, decision, bot, differences, wouldWrite } = looked;
  const { motion } = decision.register;
  const fcp = motion?.fcp?.state === "running" ? motion.fcp : null;
  return {
    format: FORMAT,
    kind: "proposal",
    ...{ number, title, url },
    agrees: differences.length === 0,
    clerk: {
      state: here,
      phase: decision.phase,
      reason: { code: decision.reason.code, sentence: now },
      yes: (motion?.ballots ?? [])
        .filter(({ choice }) => choice === "yes")
        .map(({ member, team, from }) => ({ login: member.login, team, ...cameJson(from) })),
      openConcerns: decision.concerns
        .filter(({ resolved }) => resolved === null)
        .map(({ text: said }) => said),
      began: isoOrNull(fcp?.startedAt),
      ended: isoOrNull(motion?.end?.at),
    },
    olderBot: {
      state: there,
      comment: bot.status?.url ?? null,
      ticked: (bot.status?.boxes ?? []).filter(({ ticked }) => ticked).map(({ login }) => login),
      openConcerns: (bot.status?.concerns ?? [])
        .filter(({ resolved }) => !resolved)
        .map(({ text: said }) => said),
      began: isoOrNull(bot.began?.at),
      ended: isoOrNull(bot.ended?.at),
    },
    differences: differences.map(differenceJson),
    wouldWrite,
  };
}

export const summaryJson = (summary: Summary): object => ({
  format: FORMAT,
  kind: "summary",
  agree: summary.agree,
  differ: summary.differ,
  unreadable: summary.unreadable,
  notProposals: summary.notProposals,
  amendments: summary.amendments,
  notLookedAt: summary.notLookedAt,
  differences: Object.fromEntries(DIFFERENCE_KINDS.map((kind) => [kind, summary.kinds.get(kind) ?? 0])),
  wouldWriteOn: summary.firstDayOn,
  requests: summary.requests,
});

const differenceJson = (difference: ShadowDifference) => ({
  kind: difference.kind,
  sentence: differenceSentence(difference),
  why: whySentence(difference),
  url: difference.url,
});

const cameJson = ({ via, at, url }: Provenance) => ({ via, at: iso(at), url });

const isoOrNull = (at: Instant | null | undefined): string | null => (at == null ? null : iso(at));
