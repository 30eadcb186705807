import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitting, onceEach } from "../../src/domain/messages/fitting.js";
import { statusComment } from "../../src/domain/messages/statusComment.js";
import { context, decision, tally, voted } from "../support/decision.js";

type Detail = "full" | "brief" | "none";
const DETAILS = ["full", "brief", "none"] as const;
const CUT = "\n\n(The rest is too long to show here.)";

/** As it was written first: each version written anew, and measured as a whole. */
function oneByOne(versions: readonly (() => string)[], limit: number, bytes: number): string {
  const texts = versions.map((version) => version());
  const fits = texts.find((text) => text.length <= limit && Buffer.byteLength(text) <= bytes);
  if (fits !== undefined) return fits;
  const characters = [...(texts.at(-1) ?? "")];
  const isTooLong = () =>
    characters.join("").length > limit - CUT.length ||
    Buffer.byteLength(characters.join("")) > bytes - CUT.length;
  while (characters.length > 0 && isTooLong()) characters.pop();
  const most = characters.join("");
  const lineEnd = (texts.at(-1) ?? "").lastIndexOf("\n", most.length);
  return `${lineEnd > 0 ? most.slice(0, lineEnd) : most}${CUT}`;
}

describe("a text in several versions", () => {
  const part = () =>
    fc
      .array(fc.constantFrom("a", "line", "\n", "é", "長", "😀"), { maxLength: 60 })
      .map((words) => words.join(""));
  const detailed = () => fc.record({ full: part(), brief: part(), none: part() });

  it("is the first version that fits, whether its parts are written once or for each version", () => {
    const versions = fc.array(
      fc.record({ votes: fc.constantFrom(...DETAILS), concerns: fc.constantFrom(...DETAILS) }),
      { minLength: 1, maxLength: 6 },
    );
    const limits = fc.record({
      limit: fc.integer({ min: 50, max: 250 }),
      bytes: fc.integer({ min: 50, max: 400 }),
    });
    fc.assert(
      fc.property(detailed(), detailed(), versions, limits, (votes, concerns, wanted, { limit, bytes }) => {
        const votesOnce = onceEach((detail: Detail) => votes[detail]);
        const concernsOnce = onceEach((detail: Detail) => concerns[detail]);
        const once = wanted.map((of) => () => `${votesOnce(of.votes)}\n${concernsOnce(of.concerns)}`);
        const anew = wanted.map((of) => () => `${votes[of.votes]}\n${concerns[of.concerns]}`);
        expect(fitting(once, limit, bytes)).toBe(oneByOne(anew, limit, bytes));
      }),
      { numRuns: 500 },
    );
  });

  it("a part is written once in each detail, an empty one too", () => {
    const written: Detail[] = [];
    const text = onceEach((detail: Detail) => {
      written.push(detail);
      return detail === "none" ? "" : detail;
    });
    expect(["full", "none", "full", "none"].map((detail) => text(detail as Detail))).toEqual([
      "full",
      "",
      "full",
      "",
    ]);
    expect(written).toEqual(["full", "none"]);
  });

  it("the status comment of a thousand members writes each of them twice: in full, and in brief", () => {
    let written = 0;
    const seats = Array.from({ length: 1000 }, (_, n) => ({
      ...voted(`member-${n}`),
      get lead() {
        written += 1;
        return false;
      },
    }));
    const text = statusComment(decision({ tallies: [tally(seats)] }), context());
    expect(text).toContain("The list of members is too long to show here.");
    expect(written).toBe(2000);
  });
});
