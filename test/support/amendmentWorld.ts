import type { Rules, Team } from "../../src/domain/model/rules.js";
import type { AmendedConfig, Snapshot } from "../../src/domain/model/snapshot.js";
import type { Instant } from "../../src/domain/text/time.js";
import { World, type WorldOptions } from "./world.js";

/** A PR that changes the config file and nothing else, brought up to date, saying why. A test states only what differs. */
export class AmendmentWorld extends World {
  config: AmendedConfig;
  upToDate = true;
  statesWhy = true;
  openMotions: readonly Snapshot[] = [];
  /** amend.absent: since when nothing was seen of somebody, by login. */
  readonly quiet = new Map<string, Instant | null>();
  /** When people were last seen cannot be told. */
  untold = false;
  /** The rules at the merge base, where the branch is not up to date. */
  forkedFrom: Rules | null = null;
  /** What GitHub knows of logins and ids, besides everybody on either roster. */
  readonly ids = new Map<string, number>();

  constructor(change: (rules: Rules) => Rules, options: WorldOptions = {}) {
    super({ labels: [], files: [{ path: ".github/msc-clerk.yml", change: "modified" }], ...options });
    this.config = { kind: "valid", rules: change(this.rules) };
  }

  /** Another commit: the config at the head is now this change of the default branch's. */
  amend(change: (rules: Rules) => Rules, head: string): void {
    this.config = { kind: "valid", rules: change(this.rules) };
    this.push(head);
  }

  override snapshot(): Snapshot {
    const rosters = [this.rules, ...(this.config.kind === "valid" ? [this.config.rules] : [])];
    const known = new Map<string, number>();
    for (const member of rosters.flatMap((rules) => rules.teams).flatMap((team) => team.members)) {
      if (member.id !== null && !known.has(member.login.toLowerCase()))
        known.set(member.login.toLowerCase(), member.id);
    }
    for (const [login, id] of this.ids) known.set(login, id);
    return {
      ...super.snapshot(),
      amendment: {
        head: this.config,
        upToDate: this.upToDate,
        accounts: [...known].map(([login, id]) => ({ login, id })),
        statesWhy: this.statesWhy,
        tooManySeats: null,
        landedOtherwise: false,
        forkedFrom: this.forkedFrom,
        quiet: this.untold
          ? null
          : [...this.quiet].map(([login, at]) => {
              const { id } = this.account(login);
              return { person: { login, id }, at };
            }),
        openMotions: this.openMotions,
      },
    };
  }
}

export const NINTH = { login: "clokep", id: 210, since: null, domains: [], away: null } as const;

const inTeam =
  (slug: string, change: (team: Team) => Team) =>
  (rules: Rules): Rules => ({
    ...rules,
    teams: rules.teams.map((team) => (team.slug === slug ? change(team) : team)),
  });

export const adding = (login: string, id: number | null, slug = "spec-core-team") =>
  inTeam(slug, (team) => ({ ...team, members: [...team.members, { ...NINTH, login, id }] }));

export const removing = (login: string, slug = "spec-core-team") =>
  inTeam(slug, (team) => ({
    ...team,
    members: team.members.filter((member) => member.login !== login),
    lead: team.lead?.login === login ? null : team.lead,
  }));

export const leading = (login: string | null, confirmed: string | null = null) =>
  inTeam("spec-core-team", (team) => ({
    ...team,
    lead: team.members.find((member) => member.login === login) ?? null,
    leadConfirmed: confirmed,
  }));

export const confirming = (date: string) =>
  inTeam("spec-core-team", (team) => ({ ...team, leadConfirmed: date }));

export const minimum = (size: number) =>
  inTeam("spec-core-team", (team) => ({ ...team, minimumMembers: size }));

/** The threshold of the Spec Core Team in every decision. */
export const threshold =
  (numerator: number, denominator: number) =>
  (rules: Rules): Rules => ({
    ...rules,
    decisions: rules.decisions.map((decision) => ({
      ...decision,
      approval: decision.approval.map((need) =>
        need.team === "spec-core-team" ? { ...need, threshold: { numerator, denominator } } : need,
      ),
    })),
  });

export const amendment = (change: (rules: Rules) => Rules, options: WorldOptions = {}): AmendmentWorld =>
  new AmendmentWorld(change, options);
