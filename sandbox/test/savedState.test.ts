import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MovableClock } from "msc-clerk/platform/movableClock.js";
import { afterAll, describe, expect, it } from "vitest";
import { Sandbox } from "../src/sandbox.js";
import { isStateName, readState, SavedFiles } from "../src/savedFiles.js";
import { decodeState, encodeState, type SavedState } from "../src/savedState.js";
import { KEY, SECRET, START, smallGitHub } from "./small.js";

const folder = mkdtempSync(join(tmpdir(), "saved-state-"));
afterAll(() => rmSync(folder, { recursive: true }));

function someState(): SavedState {
  const { github, outsider, writer, number } = smallGitHub();
  outsider.comment(number, "first");
  writer.inlineComment(number, "proposals/1-text.md", 1, "why?");
  outsider.push(number, { "proposals/1-text.md": "Two.\n" });
  return {
    about: { kind: "own", file: "my.yml", firstPlayed: "richvdh" },
    now: 12,
    secrets: { privateKey: "key", webhookSecret: "secret" },
    sandbox: github.kept,
    memory: ["{}", "two"],
  };
}

const stateIn = (text: string): SavedState => {
  const decoded = decodeState(text);
  if (decoded.kind === "none") throw new Error(decoded.why);
  return decoded.state;
};

describe("a saved state", () => {
  it("is read as it was written, maps and all", () => {
    const state = someState();
    expect(stateIn(encodeState(state))).toEqual(state);
  });

  it("holds each text once, however many commits have it", () => {
    const { github, outsider, number } = smallGitHub();
    const long = "a long text ".repeat(1000);
    outsider.push(number, { "long.md": long });
    for (let one = 0; one < 9; one += 1) outsider.push(number, { "short.md": `${one}` });
    const text = encodeState({ ...someState(), sandbox: github.kept });
    expect(text.split(long)).toHaveLength(2);
  });

  it("lets a sandbox go on with numbers nobody has had", () => {
    const { github } = smallGitHub();
    const before = github.as("richvdh").comment(1, "before");
    const again = goneOn(stateIn(encodeState({ ...someState(), sandbox: github.kept })));
    expect(again.thread(1).comments.at(-1)).toEqual(before);
    expect(again.as("richvdh").comment(1, "after").id).toBe(before.id + 1);
    expect(again.as("richvdh").editComment(before.id, "edited").body).toBe("edited");
  });

  it.each([
    ["", /no saved state/],
    ["null\n", /no saved state/],
    ["{}\n{}\n", /no saved state/],
    ['{"kind":"state of an msc-clerk sandbox","version":99}\n{}\n', /another version/],
    [encodeState(someState()).replace("first", "worst"), /damaged/],
    [encodeState(someState()).slice(0, -40), /damaged/],
  ])("is refused when it is none, another version's or damaged (%#)", (text, why) => {
    expect(decodeState(text)).toEqual({ kind: "none", why: expect.stringMatching(why) });
  });
});

describe("the saved states of a directory", () => {
  it("are listed by name, newest first, and nothing else that lies there", () => {
    const files = new SavedFiles(join(folder, "made", "when-needed"));
    expect(files.list()).toEqual([]);
    files.put("one", "text");
    writeFileSync(join(files.directory, "Not One.json"), "");
    expect(files.list()).toEqual([{ name: "one", savedAt: expect.any(Number) }]);
    expect([files.text("one"), files.text("two"), files.text("../one")]).toEqual(["text", null, null]);
    expect(statSync(join(files.directory, "one.json")).mode & 0o077).toBe(0);
    files.put("one", "text two");
    expect(files.text("one")).toBe("text two");
  });

  it.each([
    ["a", true],
    ["two-words-3", true],
    ["a".repeat(40), true],
    ["a".repeat(41), false],
    ["", false],
    ["-a", false],
    ["A", false],
    ["a/b", false],
    ["..", false],
  ])("takes the name %j: %s", (name, taken) => {
    expect(isStateName(name)).toBe(taken);
  });

  it("says why a file cannot be gone on from", () => {
    expect(readState(join(folder, "none.json"))).toEqual({
      kind: "none",
      why: expect.stringMatching(/cannot be read/),
    });
  });
});

/** A sandbox that goes on from there. */
const goneOn = (state: SavedState): Sandbox =>
  new Sandbox({
    clock: new MovableClock(START),
    privateKey: KEY,
    webhookSecret: SECRET,
    kept: state.sandbox,
  });
