import { readFileSync, writeFileSync } from "node:fs";
import { GITHUB_LIMITS } from "../http/limits.js";
import type { Counts } from "./record.js";

/** Of an installation; the secondary ones are of GitHub's documentation of rate limits. */
const A_MINUTE = 900;
const OF_A_READ = 1;
const OF_A_WRITE = 5;
/** The clerk's own pace: a write a second at most. */
const WRITES_AN_HOUR = 3600;

/** How many of one event fit into an hour of one installation, and what ends it first. */
export function anHour(
  of: Readonly<Record<string, number>>,
): { readonly many: number; readonly by: string } | null {
  const { REST = 0, points = 0, creating = 0, reads = 0, writes = 0 } = of;
  const bounds = [
    { by: "requests", many: GITHUB_LIMITS.perHour / REST },
    { by: "points", many: GITHUB_LIMITS.perHour / points },
    { by: "content", many: GITHUB_LIMITS.contentPerHour / creating },
    { by: "points a minute", many: (A_MINUTE * 60) / (OF_A_READ * reads + OF_A_WRITE * writes) },
    { by: "a write a second", many: WRITES_AN_HOUR / writes },
  ];
  const [first] = bounds
    .filter(({ many }) => Number.isFinite(many))
    .sort((one, other) => one.many - other.many);
  return first === undefined ? null : { ...first, many: Math.floor(first.many) };
}

const SIZE = / \(10\)$/;

/** The table of docs/operating.md: what each event costs, the least it could, and how many an hour has room for. */
export function costTable(record: Counts): string {
  const lines = Object.entries(record.events ?? {}).flatMap(([key, of]) => {
    if (!SIZE.test(key)) return [];
    const {
      requests = 0,
      reads = 0,
      writes = 0,
      creating = 0,
      REST = 0,
      GraphQL = 0,
      points = 0,
      least = 0,
    } = of;
    const room = anHour(of);
    const far =
      least === 0 ? (requests === 0 ? "–" : `+${requests}`) : `×${Number((requests / least).toFixed(1))}`;
    const fits = room === null ? "any number" : `${room.many} (${room.by})`;
    return `| ${[key.replace(SIZE, ""), reads, writes, creating, REST, GraphQL, points, least, far, fits].join(" | ")} |`;
  });
  return [
    "| event | reads | writes | creating | REST | GraphQL | points | least | so far from it | an hour has room for |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ...lines,
  ].join("\n");
}

const page = new URL("../../../docs/operating.md", import.meta.url);
const PLACE = /(?<=<!-- costs -->\n)[\s\S]*?(?=\n<!-- \/costs -->)/;

/** The table that stands in docs/operating.md. */
export const tableInDocs = (): string | undefined => PLACE.exec(readFileSync(page, "utf8"))?.[0];

export function writeTableInDocs(record: Counts): void {
  const table = costTable(record);
  writeFileSync(
    page,
    readFileSync(page, "utf8").replace(PLACE, () => table),
  );
}
