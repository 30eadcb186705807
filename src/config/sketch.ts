import { LABEL_KEYS, type LabelKey } from "../domain/model/labels.js";

import { type ConfigPath, find, type YamlEntry, type YamlNode } from "./tree.js";
import { isLogin, isSlug } from "./values.js";

/** proposal.ready, proposal.superseded */
const LIFE_LABEL_KEYS = ["ready_label", "obsolete_label"] as const;

/*
 * What can be read of a file that may be faulty elsewhere: only parts that are well formed in themselves, each with its path.
 * So the cross-rules report their faults together with those of the shape, and never stumble over the latter.
 */
export interface Sketch {
  readonly teams: readonly SketchTeam[];
  /** False when a team could not be read: then nothing is said about teams that seem to be missing. */
  readonly teamsKnown: boolean;
  readonly guardians: ConfigValue | null;
  readonly decisions: readonly SketchDecision[];
  readonly routes: readonly {
    readonly key: string;
    readonly path: ConfigPath;
    readonly teams: readonly ConfigValue[];
  }[];
  readonly labels: readonly { readonly key: LabelKey; readonly said: ConfigValue }[];
  /** Labels that are not to be used: `false` stands in the place of a name. */
  readonly labelsLeftOut: readonly LabelKey[];
  /** Names of the gates, a label each where they are about labels. */
  readonly gates: readonly { readonly name: string; readonly isLabel: boolean; readonly path: ConfigPath }[];
  /** Labels that stand under keys of their own, with the key. */
  readonly lifeLabels: readonly { readonly key: string; readonly said: ConfigValue }[];
  /** Where each path stands, those of decisions first. */
  readonly globs: readonly ConfigPath[];
  readonly legacyBots: readonly ConfigValue[];
}

const PROPOSAL_LABEL = ["proposals", "label"];

/** A piece of text and where it stands. */
export interface ConfigValue {
  readonly text: string;
  readonly path: ConfigPath;
}

export interface SketchTeam {
  readonly slug: string;
  readonly path: ConfigPath;
  readonly lead: ConfigValue | null;
  readonly members: readonly SketchMember[];
  /** False when a member, or the list, could not be read. */
  readonly membersKnown: boolean;
}

export interface SketchMember {
  readonly login: ConfigValue;
  readonly id: { readonly value: number; readonly path: ConfigPath } | null;
  readonly away: { readonly from: string; readonly until: string; readonly path: ConfigPath } | null;
}

export interface SketchDecision {
  readonly path: ConfigPath;
  readonly name: ConfigValue | null;
  /** `unknown`: there is something, but not of the right shape. */
  readonly match: "some" | "none" | "unknown";
  readonly teams: readonly ConfigValue[];
}

export function sketchOf(root: YamlNode): Sketch {
  const teams = find(root, ["teams"]).node;
  const teamEntries = entriesOf(teams).filter(({ key }) => isSlug(key));
  const decisions = find(root, ["decisions"]).node;
  return {
    teams: teamEntries.map(teamOf),
    teamsKnown: teams?.kind === "mapping" && teamEntries.length === teams.entries.size,
    guardians: textAt(root, ["guardians"]),
    decisions: itemsOf(decisions).map((node, index) => decisionOf(node, ["decisions", index])),
    routes: entriesOf(find(root, ["amendments"]).node).flatMap(({ key, value }) =>
      itemsOf(value).map((route, index) => {
        const path = ["amendments", key, index];
        return { key, path, teams: keysOf(route, path) };
      }),
    ),
    labels: LABEL_KEYS.flatMap((key) => {
      const path = ["labels", key];
      const inPlace = key === "proposal" ? textOf(find(root, PROPOSAL_LABEL).node, PROPOSAL_LABEL) : [];
      return [...textOf(find(root, path).node, path), ...inPlace].slice(0, 1).map((said) => ({ key, said }));
    }),
    labelsLeftOut: LABEL_KEYS.filter((key) => {
      const { node } = find(root, ["labels", key]);
      return node?.kind === "scalar" && node.value === false;
    }),
    gates: itemsOf(find(root, ["gates"]).node).flatMap((gate, index) =>
      entriesOf(gate).flatMap(({ key, value }): Sketch["gates"] => {
        const path = ["gates", index, key];
        if (key === "before") return [];
        if (key !== "labels_absent" && key !== "labels_present") return [{ name: key, isLabel: false, path }];
        return itemsOf(value).flatMap((label, at) =>
          textOf(label, [...path, at]).map(({ text, path: where }) => ({
            name: text,
            isLabel: true,
            path: where,
          })),
        );
      }),
    ),
    lifeLabels: LIFE_LABEL_KEYS.flatMap((key) =>
      textOf(find(root, [key]).node, [key]).map((said) => ({ key, said })),
    ),
    globs: [
      ...itemsOf(decisions).map((_, index) => ["decisions", index, "match", "paths"]),
      ["proposal_paths"],
      ["proposals", "paths"],
    ].flatMap((path) => itemsOf(find(root, path).node).map((_, index) => [...path, index])),
    legacyBots: itemsOf(find(root, ["legacy_bots"]).node).flatMap((node, index) =>
      textOf(node, ["legacy_bots", index]),
    ),
  };
}

function teamOf({ key, value }: YamlEntry): SketchTeam {
  const path = ["teams", key];
  const list = find(value, ["members"]).node;
  const members = itemsOf(list).flatMap((node, index) => memberOf(node, [...path, "members", index]));
  return {
    slug: key,
    path,
    lead: loginAt(value, ["lead"], path) ?? loginAt(value, ["lead", "login"], path),
    members,
    membersKnown: list?.kind === "list" && members.length === list.items.length,
  };
}

function memberOf(node: YamlNode, path: ConfigPath): SketchMember[] {
  const login = loginAt(node, [], path) ?? loginAt(node, ["login"], path);
  if (login === null) return [];
  const id = find(node, ["id"]).node;
  const from = textAt(node, ["away", "from"]);
  const until = textAt(node, ["away", "until"]);
  return [
    {
      login,
      id:
        id?.kind === "scalar" && Number.isSafeInteger(id.value) && typeof id.value === "number"
          ? { value: id.value, path: [...path, "id"] }
          : null,
      away:
        from === null || until === null
          ? null
          : { from: from.text, until: until.text, path: [...path, "away", "until"] },
    },
  ];
}

function decisionOf(node: YamlNode, path: ConfigPath): SketchDecision {
  const name = textAt(node, ["name"]);
  const approval = find(node, ["approval"]).node;
  return {
    path,
    name: name === null ? null : { text: name.text, path: [...path, "name"] },
    match: node.kind === "mapping" ? matchOf(node) : "unknown",
    teams: approval === null ? [] : keysOf(approval, [...path, "approval"]),
  };
}

function matchOf(decision: YamlNode): SketchDecision["match"] {
  const { node, refused } = find(decision, ["match"]);
  if (node === null) return "none";
  if (refused || node.kind !== "mapping") return "unknown";
  let some: SketchDecision["match"] = "none";
  for (const { key, value } of node.entries.values()) {
    if ((key !== "labels" && key !== "paths") || value.kind !== "list") return "unknown";
    if (value.items.length > 0) some = "some";
  }
  return some;
}

const entriesOf = (node: YamlNode | null): readonly YamlEntry[] =>
  node?.kind === "mapping" ? [...node.entries.values()] : [];
const itemsOf = (node: YamlNode | null): readonly YamlNode[] => (node?.kind === "list" ? node.items : []);
const keysOf = (node: YamlNode, path: ConfigPath): ConfigValue[] =>
  entriesOf(node)
    .filter(({ key }) => isSlug(key))
    .map(({ key }) => ({ text: key, path: [...path, key] }));
const textOf = (node: YamlNode | null, path: ConfigPath): ConfigValue[] =>
  node?.kind === "scalar" && typeof node.value === "string" ? [{ text: node.value, path }] : [];
const textAt = (node: YamlNode, path: ConfigPath): ConfigValue | null =>
  textOf(find(node, path).node, path)[0] ?? null;

function loginAt(node: YamlNode, path: ConfigPath, above: ConfigPath): ConfigValue | null {
  const said = textAt(node, path);
  return said !== null && isLogin(said.text) ? { text: said.text, path: [...above, ...path] } : null;
}
