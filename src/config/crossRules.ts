import { gateKey } from "../domain/model/gates.js";
import { GATED_LABELS, LABEL_KEYS, LABEL_NAMES, type LabelKey, SPEC_KEYS } from "../domain/model/labels.js";
import { sameLogin } from "../domain/model/people.js";
import { AMENDMENT_KEYS } from "../domain/model/rules.js";
import { nearest } from "../domain/text/editDistance.js";
import { readDay } from "./calendar.js";
import { faultText } from "./faultText.js";
import type { Finding } from "./finding.js";
import { MAX_GLOBS, MAX_MEMBERS, MAX_TEAMS } from "./limits.js";
import type { TextPlace } from "./places.js";
import { defaultRoutes, guardiansOf } from "./routes.js";
import { type ConfigValue, type Sketch, type SketchMember, sketchOf } from "./sketch.js";
import { type ConfigPath, find, pathText, type YamlNode } from "./tree.js";

/** Third stage: faults that no value has by itself, but several have together. Of a faulty file it reads the well-formed parts. */
export function crossFindings(root: YamlNode, placeOf: (offset: number) => TextPlace): Finding[] {
  return new CrossCheck(root, placeOf).findings();
}

class CrossCheck {
  private readonly sketch: Sketch;
  private readonly found: Finding[] = [];

  constructor(
    private readonly root: YamlNode,
    private readonly placeOf: (offset: number) => TextPlace,
  ) {
    this.sketch = sketchOf(root);
  }

  findings(): Finding[] {
    this.seats();
    this.identities();
    this.leads();
    this.teamNames();
    this.electorates();
    this.decisions();
    this.globs();
    this.labelNames();
    this.gates();
    this.lifeLabels();
    this.absences();
    this.legacyBots();
    this.proposals();
    this.specRepository();
    return this.found;
  }

  private fault(path: ConfigPath, say: () => string, pointAt: "key" | "value" = "value"): void {
    this.found.push({ at: find(this.root, path, pointAt).at, path, say });
  }

  private lineOf(path: ConfigPath): number {
    return this.placeOf(find(this.root, path).at).line;
  }

  /** ballot.latest: one member, one seat, one vote in a team. */
  private seats(): void {
    for (const { members } of this.sketch.teams) {
      const byLogin = new Map<string, SketchMember>();
      const byId = new Map<number, SketchMember>();
      for (const member of members) {
        const login = member.login.text.toLowerCase();
        const same = byLogin.get(login);
        const sameId = member.id === null ? undefined : byId.get(member.id.value);
        if (same !== undefined) {
          this.fault(member.login.path, () =>
            faultText.memberTwice(member.login.text, this.lineOf(same.login.path)),
          );
        } else if (sameId !== undefined && member.id !== null) {
          const { value, path } = member.id;
          this.fault(path, () => faultText.idTwice(value, sameId.login.text, this.lineOf(sameId.login.path)));
        }
        byLogin.set(login, same ?? member);
        if (member.id !== null) byId.set(member.id.value, sameId ?? member);
      }
    }
  }

  /** act.identity: across teams, one id is one login and one login one id. */
  private identities(): void {
    const byLogin = new Map<string, SketchMember>();
    const byId = new Map<number, SketchMember>();
    for (const { members } of this.sketch.teams) {
      const withId = members.filter((member) => member.id !== null);
      for (const { id, login } of withId) {
        if (id === null) continue;
        const sameId = byId.get(id.value);
        const same = byLogin.get(login.text.toLowerCase());
        if (sameId !== undefined && !sameLogin(sameId.login.text, login.text)) {
          this.fault(id.path, () =>
            faultText.idOfAnother(id.value, sameId.login.text, this.lineOf(sameId.login.path)),
          );
        } else if (same?.id && same.id.value !== id.value) {
          const { value, path } = same.id;
          this.fault(id.path, () => faultText.otherId(login.text, value, this.lineOf(path)));
        }
      }
      // Afterwards, so that a fault within one team is reported once (seats).
      for (const member of withId) {
        byLogin.set(member.login.text.toLowerCase(), byLogin.get(member.login.text.toLowerCase()) ?? member);
        if (member.id !== null) byId.set(member.id.value, byId.get(member.id.value) ?? member);
      }
    }
  }

  private leads(): void {
    for (const { lead, members, membersKnown } of this.sketch.teams) {
      if (lead === null || !membersKnown) continue;
      const logins = members.map((member) => member.login.text);
      if (logins.some((login) => sameLogin(login, lead.text))) continue;
      this.fault(lead.path, () =>
        faultText.leadNotMember(lead.text, nearest(lead.text, logins.slice(0, MAX_MEMBERS))),
      );
    }
  }

  private teamNames(): void {
    const { teams, teamsKnown, guardians, decisions, routes } = this.sketch;
    const slugs = teams.map((team) => team.slug);
    if (!teamsKnown) return;
    const known = new Set(slugs);
    const check = ({ text, path }: ConfigValue, pointAt: "key" | "value") => {
      if (known.has(text)) return;
      this.fault(
        path,
        () => faultText.unknownTeam(text, nearest(text, slugs.slice(0, MAX_TEAMS)), slugs),
        pointAt,
      );
    };
    if (guardians !== null) check(guardians, "value");
    for (const said of decisions.flatMap((decision) => decision.teams)) check(said, "key");
    for (const said of routes.flatMap((route) => route.teams)) check(said, "key");
    if (guardiansOf(guardians?.text, slugs) === null && guardians === null) {
      for (const key of ["add_guardian", "remove_guardian"]) {
        if (routes.some((route) => route.key === key)) {
          this.fault(["amendments", key], faultText.noGuardians, "key");
        }
      }
    }
  }

  /** tally.threshold: a team without members passes nothing, so a team that something needs has at least one member. */
  private electorates(): void {
    const { teams, decisions, routes, guardians } = this.sketch;
    const said = new Set(routes.map((route) => route.key));
    const slugs = teams.map((team) => team.slug);
    const byDefault = defaultRoutes(
      teams.map((team) => ({ slug: team.slug, size: team.membersKnown ? team.members.length : 1 })),
      guardiansOf(guardians?.text, slugs),
    );
    // By team, what first needs it.
    const neededBy = new Map<string, () => string>();
    const need = (team: string, by: () => string) => {
      if (!neededBy.has(team)) neededBy.set(team, by);
    };
    for (const decision of decisions) {
      const by = () => `the decision ${decision.name?.text ?? pathText(decision.path)}`;
      for (const { text } of decision.teams) need(text, by);
    }
    for (const { key, teams: named } of routes) {
      for (const { text } of named) need(text, () => `amendments.${key}`);
    }
    for (const key of AMENDMENT_KEYS.filter((each) => !said.has(each))) {
      for (const { team } of byDefault[key].flat()) need(team, () => `amendments.${key} (by default)`);
    }
    for (const { slug, path, members, membersKnown } of teams) {
      const by = !membersKnown || members.length > 0 ? undefined : neededBy.get(slug);
      if (by !== undefined) this.fault([...path, "members"], () => faultText.emptyTeam(by()), "key");
    }
  }

  private decisions(): void {
    const { decisions } = this.sketch;
    const byName = new Map<string, ConfigValue>();
    decisions.forEach(({ path, name, match }, index) => {
      const called = name?.text ?? pathText(path);
      const last = index === decisions.length - 1;
      if (!last && match === "none") this.fault(path, () => faultText.matchMissing(called));
      if (last && match === "some")
        this.fault([...path, "match"], () => faultText.lastHasMatch(called), "key");
      if (name === null) return;
      const same = byName.get(name.text.toLowerCase());
      if (same === undefined) byName.set(name.text.toLowerCase(), name);
      else this.fault(name.path, () => faultText.decisionTwice(name.text, this.lineOf(same.path)));
    });
  }

  private globs(): void {
    const { globs } = this.sketch;
    const first = globs[MAX_GLOBS];
    if (first !== undefined) this.fault(first, () => faultText.tooManyGlobs(globs.length, MAX_GLOBS));
  }

  /** Less those that are left out, and those of a gate that is not there. */
  private labelsInUse(): readonly LabelKey[] {
    const gates = this.sketch.gates.filter(({ isLabel }) => !isLabel).map(({ name }) => name);
    const idle = GATED_LABELS.filter(({ gate }) => !gates.includes(gate)).map(({ key }): LabelKey => key);
    return LABEL_KEYS.filter((key) => !this.sketch.labelsLeftOut.includes(key) && !idle.includes(key));
  }

  /** Label names are case-insensitive at GitHub: two keys of one name would be one label. */
  private labelNames(): void {
    const said = new Map(this.sketch.labels.map(({ key, said: { text, path } }) => [key, { text, path }]));
    const names = this.labelsInUse().map((key) => ({ key, name: said.get(key)?.text ?? LABEL_NAMES[key] }));
    for (const [index, { key, name }] of names.entries()) {
      const own = said.get(key);
      if (own === undefined) continue;
      // Each pair is reported once, at a name that stands in the file: at the later, where both do.
      const other = names.find(
        (candidate, at) =>
          candidate.key !== key &&
          sameLogin(candidate.name, name) &&
          (at < index || !said.has(candidate.key)),
      );
      if (other === undefined) continue;
      const place = said.get(other.key);
      this.fault(own.path, () =>
        faultText.labelTwice(name, other.key, place ? this.lineOf(place.path) : null),
      );
    }
  }

  /** proposal.ready, proposal.superseded: labels of their own, that no other key makes the clerk put on or take off. */
  private lifeLabels(): void {
    const said = new Map(this.sketch.labels.map(({ key, said: { text } }) => [key, text]));
    const used = this.labelsInUse().map((key) => ({
      name: said.get(key) ?? LABEL_NAMES[key],
      key: `labels.${key}`,
    }));
    for (const { key, said: own } of this.sketch.lifeLabels) {
      const other = used.find(({ name }) => sameLogin(name, own.text));
      if (other !== undefined) this.fault(own.path, () => faultText.lifeLabelTwice(own.text, other.key));
      used.push({ name: own.text, key });
    }
  }

  /** gate.waive: each gate has a name of its own. What the clerk itself labels would hold by its own hand. */
  private gates(): void {
    const said = new Map(this.sketch.labels.map(({ key, said: { text } }) => [key, text]));
    const own = this.labelsInUse().map((key) => ({ key, name: said.get(key) ?? LABEL_NAMES[key] }));
    const off = find(this.root, ["filled_placeholder", "take_off"]).node;
    const takenOff = off?.kind === "list" ? off.items.map((one) => ("text" in one ? one.text : "")) : [];
    const first = new Map<string, ConfigPath>();
    for (const { name, isLabel, path } of this.sketch.gates) {
      const before = first.get(gateKey(name));
      if (before !== undefined) this.fault(path, () => faultText.gateTwice(name, this.lineOf(before)));
      else first.set(gateKey(name), path);
      const label = isLabel ? own.find((one) => sameLogin(one.name, name)) : undefined;
      if (label !== undefined) this.fault(path, () => faultText.ownGateLabel(name, label.key));
      // The clerk puts these on for authors, whose word opens no gate.
      const life = isLabel
        ? this.sketch.lifeLabels.find(({ said: one }) => sameLogin(one.text, name))
        : undefined;
      if (life !== undefined) this.fault(path, () => faultText.lifeLabelTwice(name, life.key));
      // And these off when an author pushes.
      if (isLabel && takenOff.some((one) => sameLogin(one, name)))
        this.fault(path, () => faultText.gateTakenOff(name));
    }
  }

  /** proposal.scope: one place says it, and something can be a proposal. */
  private proposals(): void {
    const stands = (...path: string[]) => find(this.root, path).node;
    for (const [one, other] of [
      ["label", ["labels", "proposal"]],
      ["paths", ["proposal_paths"]],
    ] as const) {
      const node = stands("proposals", one);
      const before = stands(...other);
      const name = node?.kind === "scalar" && node.value === false ? null : node;
      if (name === null || before === null) continue;
      this.fault(["proposals", one], () => faultText.saidTwice(pathText(other), this.lineOf(other)), "key");
    }
    const label = stands("proposals", "label");
    const all = stands("proposals", "all");
    const paths = stands("proposals", "paths") ?? stands("proposal_paths");
    const bare = label?.kind === "scalar" && label.value === false;
    const everything = all?.kind === "scalar" && all.value === true;
    if (bare && !everything && paths?.kind === "list" && paths.items.length === 0)
      this.fault(["proposals", "label"], faultText.noProposals);
  }

  /** spec.linked: what happens there is told by these labels and by nothing else. */
  private specRepository(): void {
    if (find(this.root, ["spec_repository"]).node === null) return;
    const missing = SPEC_KEYS.find((key) => this.sketch.labelsLeftOut.includes(key));
    if (missing !== undefined)
      this.fault(["spec_repository"], () => faultText.specUnlabelled(missing), "key");
  }

  private absences(): void {
    for (const { away } of this.sketch.teams.flatMap((team) => team.members)) {
      if (away === null) continue;
      const from = readDay(away.from);
      const until = readDay(away.until);
      if (from !== null && until !== null && until <= from) this.fault(away.path, faultText.awayBackwards);
    }
  }

  private legacyBots(): void {
    const members = new Map(
      this.sketch.teams
        .flatMap((team) => team.members)
        .map((member) => [member.login.text.toLowerCase(), member]),
    );
    for (const bot of this.sketch.legacyBots) {
      const member = members.get(bot.text.toLowerCase().replace(/\[bot\]$/, ""));
      if (member === undefined) continue;
      this.fault(bot.path, () => faultText.memberIsLegacyBot(bot.text, this.lineOf(member.login.path)));
    }
  }
}
