import { DEFAULT_LABELS } from "../../src/domain/model/labels.js";
import type { Member, Need, Rules } from "../../src/domain/model/rules.js";
import { DAY } from "../../src/domain/text/time.js";

const member = (login: string, id: number, domains: readonly string[]): Member => ({
  login,
  id,
  since: null,
  domains,
  away: null,
});

const PERCENT_75 = { numerator: 3, denominator: 4 } as const;
const ALL = { numerator: 1, denominator: 1 } as const;
const SCT_75: Need = { team: "spec-core-team", threshold: PERCENT_75 };
const SCT_ALL: Need = { team: "spec-core-team", threshold: ALL };
const GUARDIANS_75: Need = { team: "guardians", threshold: PERCENT_75 };

/**
 * The first roster of MSC1779 with made-up ids (101 to 109, in the order of the roster): the Spec Core Team of eight decides at
 * 75%, which is six; the Guardians, Matthew and Amandine, join it for a change of governance.
 */
export const MATRIX: Rules = {
  teams: [
    {
      slug: "spec-core-team",
      title: "Spec Core Team",
      lead: { login: "ara4n", id: 101 },
      leadConfirmed: null,
      minimumMembers: 5,
      members: [
        member("ara4n", 101, ["Lead"]),
        member("erikjohnston", 102, ["Servers"]),
        member("richvdh", 103, ["Servers", "Cryptography"]),
        member("dbkr", 104, ["Clients", "IS API", "Push API", "Media"]),
        member("uhoreg", 105, ["Cryptography", "General"]),
        member("anoadragon453", 106, ["Servers", "AS API", "Spec Process"]),
        member("turt2live", 107, ["Bots and Bridges & AS API", "Media"]),
        member("KitsuneRal", 108, ["Clients on behalf of Community"]),
      ],
    },
    {
      slug: "guardians",
      title: "Guardians",
      lead: null,
      leadConfirmed: null,
      minimumMembers: 1,
      members: [member("ara4n", 101, []), member("AmandineLP", 109, [])],
    },
  ],
  decisions: [
    {
      name: "governance change",
      match: { labels: ["kind:governance"], paths: ["proposals/1779-*.md"] },
      approval: [SCT_75, GUARDIANS_75],
    },
    { name: "spec change", match: { labels: [], paths: [] }, approval: [SCT_75] },
  ],
  finalCommentPeriod: 5 * DAY,
  reviews: { beforeMotion: "head", changesRequested: "concern" },
  conclude: { merge: "manual", close: "close", postpone: "close" },
  mentions: ["mscbot"],
  legacyBots: ["mscbot"],
  proposalPaths: ["proposals/*.md"],
  labels: DEFAULT_LABELS,
  guardians: "guardians",
  amendments: {
    add_member: [[SCT_ALL], [GUARDIANS_75]],
    remove_member: [[SCT_75], [GUARDIANS_75]],
    lead: [[SCT_75], [GUARDIANS_75]],
    remove_lead: [[SCT_75]],
    confirm_lead: [[SCT_75]],
    add_guardian: [[GUARDIANS_75]],
    remove_guardian: [[GUARDIANS_75]],
    details: [[SCT_75], [GUARDIANS_75]],
    rules: [[SCT_75, GUARDIANS_75]],
  },
  constitution: {
    name: "MSC1779",
    url: "https://github.com/matrix-org/matrix-spec-proposals/blob/main/proposals/1779-open-governance.md",
  },
  duties: {
    absence: false,
    lead_confidence: true,
    lead_vacancy: true,
    resignation: true,
    unlawful_config: true,
  },
};

/** The Matrix rules with some parts replaced: `rules({ finalCommentPeriod: DAY })`. */
export function rules(overrides: Partial<Rules> = {}): Rules {
  return { ...MATRIX, ...overrides };
}
