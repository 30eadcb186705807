import { type Benchmark, judged, perTenfold, type Row } from "./row.js";

/** The rows of a benchmark as a table: a line for each thing and size, a column for each unit. */
export function tableOf({ name, title, sizes }: Benchmark, rows: readonly Row[]): string {
  const units = [...new Set(rows.map(({ unit }) => unit))].filter((unit) =>
    rows.some((row) => row.unit === unit && (row.value !== 0 || row.goal !== undefined || ALWAYS.has(unit))),
  );
  const lines = [...new Set(rows.map(keyOf))].map((key) => {
    const of = rows.filter((row) => keyOf(row) === key);
    const [first] = of;
    const values = units.map((unit) => text(of.find((row) => row.unit === unit)?.value));
    return [first?.name ?? "", first?.size ?? "", ...values, goals(of), growth(rows, of)];
  });
  const head = [`${name}: ${title}`, sizes || " ", ...units, "goal", "per tenfold"];
  return [head, ["---", ...head.slice(1, -2).map(() => "--:"), "---", "--:"], ...lines]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

const ALWAYS = new Set(["requests", "reads", "writes"]);

const keyOf = ({ name, size }: Row) => `${name}\n${size}`;

export const text = (value: number | undefined): string =>
  value === undefined ? "" : Number.isInteger(value) ? String(value) : value.toFixed(2);

function goals(rows: readonly Row[]): string {
  return rows
    .flatMap((row) => {
      const judgement = judged(row);
      if (judgement === null) return [];
      const { most, least } = row.goal ?? {};
      const wanted = `${row.unit} ${most === undefined ? `≥ ${text(least)}` : `≤ ${text(most)}`}`;
      if (judgement.held) return [`${wanted} held`];
      const by = Math.abs(row.value - (most ?? least ?? 0));
      const factor = Number.isFinite(judgement.factor) ? `, ×${judgement.factor.toFixed(1)}` : "";
      return [`${wanted} MISSED by ${text(by)}${factor}`];
    })
    .join("; ");
}

/** Told at the largest size, of what stands first. */
function growth(all: readonly Row[], line: readonly Row[]): string {
  const [first] = line;
  if (first === undefined || first.size === null) return "";
  const same = all.filter(({ name, unit }) => name === first.name && unit === first.unit);
  if (same.some(({ size }) => (size ?? 0) > (first.size ?? 0))) return "";
  const factor = perTenfold(same);
  return factor === null ? "" : `×${factor.toFixed(2)}`;
}
