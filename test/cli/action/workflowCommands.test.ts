import { describe, expect, test } from "vitest";
import { annotation, quoted } from "../../../src/cli/action/workflowCommands.js";

describe("what the runner obeys", () => {
  test("an annotation is one line, whatever stands in it", () => {
    expect(annotation("error", "100% wrong\r\n::set-env name=x::y")).toBe(
      "::error::100%25 wrong%0D%0A::set-env name=x::y",
    );
  });

  test("in a place no colon or comma ends the property", () => {
    const where = { file: "a,b:c%\n.yml", line: 3, column: 5 };
    expect(annotation("warning", "so: and, so", where)).toBe(
      "::warning file=a%2Cb%3Ac%25%0A.yml,line=3,col=5,title=msc-clerk::so: and, so",
    );
  });

  test("what is quoted ends by a word that nobody can have guessed", () => {
    const [one, other] = [quoted(), quoted()];
    const word = one.begin.replace("::stop-commands::", "");
    expect(word).toMatch(/^[0-9a-f]{32}$/);
    expect(one.end).toBe(`::${word}::`);
    expect(other.begin).not.toBe(one.begin);
  });
});
