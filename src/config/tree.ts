/** The file as written: every value with the offset it starts at. Made by `yaml.ts`. */
export type YamlNode =
  | {
      readonly kind: "scalar";
      readonly at: number;
      /** As written, without quotes: `12345`, `0x1f`, `~`. */
      readonly text: string;
      /** As YAML 1.2 reads it: a quoted scalar is always text. NaN: a number not written in plain digits. */
      readonly value: string | number | boolean | null;
      /** Text that YAML takes for a comment, and whoever wrote it may not: `#1 team` behind an unquoted value, or in place of one. Left out: none. */
      readonly comment?: string;
    }
  | { readonly kind: "list"; readonly at: number; readonly items: readonly YamlNode[] }
  /** Keys are distinct, and in the order of the file. */
  | { readonly kind: "mapping"; readonly at: number; readonly entries: ReadonlyMap<string, YamlEntry> }
  /** An alias, a tagged value: refused already, so nothing more is said about what it stands for. */
  | { readonly kind: "refused"; readonly at: number };

export interface YamlEntry {
  readonly key: string;
  readonly keyAt: number;
  readonly value: YamlNode;
}

export type ConfigPath = readonly (string | number)[];

/** `teams.spec-core-team.members[3].login` */
export function pathText(path: ConfigPath): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[\w:-]{1,80}$/.test(step)) return `[${JSON.stringify(step.slice(0, 80))}]`;
      return index === 0 ? step : `.${step}`;
    })
    .join("");
}

/** Plain data for the shape check. Safe for any key: no property is ever set by assignment. */
export function dataOf(node: YamlNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(dataOf);
    case "mapping":
      return Object.fromEntries([...node.entries.values()].map((entry) => [entry.key, dataOf(entry.value)]));
    case "refused":
      return null;
  }
}

export interface Found {
  /** The value at the path; null when it, or something above it, is not there. */
  readonly node: YamlNode | null;
  /** Where to point: the value, its key when asked for, or the nearest thing above that is there. */
  readonly at: number;
  /** It, or something above it, has been refused already. */
  readonly refused: boolean;
}

/** Looks up a path. `pointAt` says whether a mapping entry is shown at its key or at its value. */
export function find(root: YamlNode, path: ConfigPath, pointAt: "key" | "value" = "value"): Found {
  let node: YamlNode = root;
  let at = root.at;
  for (const [index, step] of path.entries()) {
    if (node.kind === "refused") return { node: null, at, refused: true };
    let next: YamlNode | undefined;
    let key: number | undefined;
    if (node.kind === "list" && typeof step === "number") next = node.items[step];
    if (node.kind === "mapping") {
      const entry = node.entries.get(String(step));
      next = entry?.value;
      key = entry?.keyAt;
    }
    if (next === undefined) return { node: null, at, refused: false };
    node = next;
    // Something missing within is best shown at the key that lacks it, not at whatever comes first inside.
    const last = index === path.length - 1;
    at = last && pointAt === "value" ? next.at : (key ?? next.at);
  }
  return { node, at, refused: node.kind === "refused" };
}
