import { nearest } from "../domain/editDistance.js";
import { sameLogin } from "../domain/people.js";
import { AMENDMENT_KEYS, LABEL_KEYS } from "../domain/rules.js";
import { readDay } from "./calendar.js";
import { faultText } from "./faultText.js";
import { DEFAULT_LABELS } from "./labels.js";
import type { ConfigFault } from "./outcome.js";
import type { Place } from "./places.js";
import { defaultRoutes, guardiansOf } from "./routes.js";
import { type Said, type Sketch, type SketchMember, sketchOf } from "./sketch.js";
import { type ConfigPath, find, pathText, type YamlNode } from "./tree.js";

/** Third stage: what no value can have wrong by itself, but several together. Reads what is well formed of a faulty file. */
export function crossFaults(root: YamlNode, placeOf: (offset: number) => Place): ConfigFault[] {
  return new CrossCheck(root, placeOf).faults();
}

class CrossCheck {
  private readonly sketch: Sketch;
  private readonly found: ConfigFault[] = [];

  constructor(
    private readonly root: YamlNode,
    private readonly placeOf: (offset: number) => Place,
  ) {
    this.sketch = sketchOf(root);
  }

  faults(): ConfigFault[] {
    this.seats();
    this.identities();
    this.leads();
    this.teamNames();
    this.electorates();
    this.decisions();
    this.labelNames();
    this.absences();
    this.legacyBots();
    return this.found;
  }

  private fault(path: ConfigPath, message: string, pointAt: "key" | "value" = "value"): void {
    this.found.push({ ...this.placeOf(find(this.root, path, pointAt).at), path: pathText(path), message });
  }

  private lineOf(path: ConfigPath): number {
    return this.placeOf(find(this.root, path).at).line;
  }

  /** ballot.latest: one member, one vote a team. */
  private seats(): void {
    for (const { members } of this.sketch.teams) {
      members.forEach((member, index) => {
        const before = members.slice(0, index);
        const same = before.find((other) => sameLogin(other.login.text, member.login.text));
        if (same !== undefined) {
          this.fault(
            member.login.path,
            faultText.memberTwice(member.login.text, this.lineOf(same.login.path)),
          );
          return;
        }
        const sameId = before.find((other) => member.id !== null && other.id?.value === member.id.value);
        if (sameId === undefined || member.id === null) return;
        const line = this.lineOf(sameId.login.path);
        this.fault(member.id.path, faultText.idTwice(member.id.value, sameId.login.text, line));
      });
    }
  }

  /** act.identity: across teams, one id is one login and one login one id. */
  private identities(): void {
    const seen: { readonly team: string; readonly member: SketchMember }[] = [];
    for (const team of this.sketch.teams) {
      for (const member of team.members) {
        const { id, login } = member;
        if (id === null) continue;
        const others = seen.filter((other) => other.team !== team.slug).map((other) => other.member);
        const sameId = others.find((other) => other.id?.value === id.value);
        const same = others.find((other) => sameLogin(other.login.text, login.text));
        if (sameId !== undefined && !sameLogin(sameId.login.text, login.text)) {
          const line = this.lineOf(sameId.login.path);
          this.fault(id.path, faultText.idOfAnother(id.value, sameId.login.text, line));
        } else if (same?.id && same.id.value !== id.value) {
          this.fault(id.path, faultText.otherId(login.text, same.id.value, this.lineOf(same.id.path)));
        }
        seen.push({ team: team.slug, member });
      }
    }
  }

  private leads(): void {
    for (const { lead, members, membersKnown } of this.sketch.teams) {
      if (lead === null || !membersKnown) continue;
      const logins = members.map((member) => member.login.text);
      if (logins.some((login) => sameLogin(login, lead.text))) continue;
      this.fault(lead.path, faultText.leadNotMember(lead.text, nearest(lead.text, logins)));
    }
  }

  private teamNames(): void {
    const { teams, teamsKnown, guardians, decisions, routes } = this.sketch;
    const slugs = teams.map((team) => team.slug);
    if (!teamsKnown) return;
    const check = (said: Said, pointAt: "key" | "value") => {
      if (slugs.includes(said.text)) return;
      this.fault(said.path, faultText.unknownTeam(said.text, nearest(said.text, slugs), slugs), pointAt);
    };
    if (guardians !== null) check(guardians, "value");
    for (const said of decisions.flatMap((decision) => decision.teams)) check(said, "key");
    for (const said of routes.flatMap((route) => route.teams)) check(said, "key");
    if (guardiansOf(guardians?.text, slugs) === null && guardians === null) {
      for (const key of ["add_guardian", "remove_guardian"]) {
        if (routes.some((route) => route.key === key)) {
          this.fault(["amendments", key], faultText.noGuardians(), "key");
        }
      }
    }
  }

  /** tally.threshold: nobody passes nothing. A team that something needs has at least one member. */
  private electorates(): void {
    const { teams, decisions, routes, guardians } = this.sketch;
    const said = new Set(routes.map((route) => route.key));
    const slugs = teams.map((team) => team.slug);
    const byDefault = defaultRoutes(
      teams.map((team) => ({ slug: team.slug, size: team.membersKnown ? team.members.length : 1 })),
      guardiansOf(guardians?.text, slugs),
    );
    const unsaid = AMENDMENT_KEYS.filter((key) => !said.has(key));
    for (const { slug, path, members, membersKnown } of teams) {
      if (!membersKnown || members.length > 0) continue;
      const decision = decisions.find((candidate) => candidate.teams.some(({ text }) => text === slug));
      const key =
        routes.find((route) => route.teams.some(({ text }) => text === slug))?.key ??
        unsaid.find((candidate) =>
          byDefault[candidate].some((route) => route.some(({ team }) => team === slug)),
        );
      const needed =
        decision !== undefined
          ? `the decision ${decision.name?.text ?? pathText(decision.path)}`
          : key !== undefined
            ? `amendments.${key}${said.has(key) ? "" : " (by default)"}`
            : null;
      if (needed !== null) this.fault([...path, "members"], faultText.emptyTeam(needed), "key");
    }
  }

  private decisions(): void {
    const { decisions } = this.sketch;
    decisions.forEach(({ path, name, match }, index) => {
      const called = name?.text ?? pathText(path);
      const last = index === decisions.length - 1;
      if (!last && match === "none") this.fault(path, faultText.matchMissing(called));
      if (last && match === "some") this.fault([...path, "match"], faultText.lastHasMatch(called), "key");
      if (name === null) return;
      const same = decisions
        .slice(0, index)
        .find((other) => other.name && sameLogin(other.name.text, name.text));
      if (same?.name) this.fault(name.path, faultText.decisionTwice(name.text, this.lineOf(same.name.path)));
    });
  }

  /** Label names are case-insensitive at GitHub: two keys of one name would be one label. */
  private labelNames(): void {
    const said = new Map(this.sketch.labels.map(({ key, said: { text, path } }) => [key, { text, path }]));
    const names = LABEL_KEYS.map((key) => ({ key, name: said.get(key)?.text ?? DEFAULT_LABELS[key] }));
    for (const [index, { key, name }] of names.entries()) {
      const own = said.get(key);
      if (own === undefined) continue;
      // Each pair once, at a name that was written: of two written ones, at the later.
      const other = names.find(
        (candidate, at) =>
          candidate.key !== key &&
          sameLogin(candidate.name, name) &&
          (at < index || !said.has(candidate.key)),
      );
      if (other === undefined) continue;
      const place = said.get(other.key);
      this.fault(own.path, faultText.labelTwice(name, other.key, place ? this.lineOf(place.path) : null));
    }
  }

  private absences(): void {
    for (const { away } of this.sketch.teams.flatMap((team) => team.members)) {
      if (away === null) continue;
      const from = readDay(away.from);
      const until = readDay(away.until);
      if (from !== null && until !== null && until <= from) this.fault(away.path, faultText.awayBackwards());
    }
  }

  private legacyBots(): void {
    const members = this.sketch.teams.flatMap((team) => team.members);
    for (const bot of this.sketch.legacyBots) {
      const member = members.find(({ login }) => sameLogin(login.text, bot.text));
      if (member === undefined) continue;
      this.fault(bot.path, faultText.memberIsLegacyBot(bot.text, this.lineOf(member.login.path)));
    }
  }
}
