import { writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, test } from "vitest";
import { checkStore } from "../../src/store/check.js";
import { exportStore } from "../../src/store/export.js";
import { linesIn } from "../../src/store/lines.js";
import { MIGRATIONS } from "../../src/store/migrations.js";
import { openStore } from "../../src/store/open.js";
import { exchangeContract, fill, importing, linesOf, sequenceOf, wrongIn } from "./exchange.js";
import { folder, opened } from "./opened.js";

const settings = (dataDirectory = folder()) => ({ dataDirectory, databaseUrl: undefined });

exchangeContract("from SQLite to SQLite", async () => ({ from: settings(), to: settings() }));

async function filled() {
  const made = settings();
  const store = opened(await openStore(made));
  await fill(store);
  await store.close();
  return made;
}

describe("a check of the store", () => {
  test("tells what is in it", async () => {
    const made = await filled();
    const { tables, counts, wrong, where } = await checkStore(made, sequenceOf);
    expect(wrong).toEqual([]);
    expect(where).toBe(`SQLite, ${join(made.dataDirectory, "msc-clerk.db")}`);
    expect(tables).toEqual({ newest: MIGRATIONS.length, known: MIGRATIONS.length });
    const told = Object.fromEntries(counts.map(({ plural, rows }) => [plural, rows]));
    expect(told).toMatchObject({
      "lawful configs": 2,
      "intents not settled": 2,
      "records of decisions": 2,
      "rows of proposals": 122,
      "marks of how far was read": 1,
    });
    expect(told["lines of their changes"]).toBe((told.registers ?? 0) + 1);
  });

  test.each([
    [
      "UPDATE clerk_registers SET sequence = 4 WHERE pull = 12",
      [
        "The register of repository 7, pull 12 is of sequence 3, and the store says 4: its proposal is held.",
        "The register of proposal 12 in repository 7 does not fit the lines of its changes.",
      ],
    ],
    [
      "UPDATE clerk_registers SET record = '{}' WHERE pull = 12",
      ["The register of repository 7, pull 12 cannot be read by this msc-clerk: its proposal is held."],
    ],
    [
      "UPDATE clerk_registers SET record = x'00' WHERE pull = 12",
      ["The register of repository 7, pull 12 holds what the clerk did not write."],
    ],
    [
      "DELETE FROM clerk_transitions WHERE pull = 12 AND sequence = 3",
      ["The register of proposal 12 in repository 7 does not fit the lines of its changes."],
    ],
    [
      "DELETE FROM clerk_registers WHERE pull = 12",
      ["The register of proposal 12 in repository 7 does not fit the lines of its changes."],
    ],
    [
      "UPDATE clerk_proposals SET labels = 'a, b' WHERE repository = 7 AND pull = 2",
      ["The proposal of repository 7, pull 2 holds what the clerk did not write."],
    ],
    [
      "UPDATE clerk_decisions SET number = 5 WHERE number = 2",
      ["The decisions of repository 7 are not numbered without a gap."],
    ],
    [
      "UPDATE clerk_lawful SET adopted_at = 1.5 WHERE repository = 8",
      ["The lawful of repository 8 holds what the clerk did not write."],
    ],
  ])("finds what somebody's hand did: %s", async (statement, sentences) => {
    const made = await filled();
    const database = new Database(join(made.dataDirectory, "msc-clerk.db"));
    database.exec(statement);
    database.close();
    expect(await wrongIn(made)).toEqual(sentences);
  });

  test("finds pages that the disk has spoilt", async () => {
    const made = await filled();
    const database = new Database(join(made.dataDirectory, "msc-clerk.db"));
    database.exec("PRAGMA writable_schema = ON");
    database.exec(
      "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'clerk_lawful') WHERE name = 'clerk_rounds'",
    );
    database.close();
    expect((await wrongIn(made))[0]).toMatch(
      /^The file is damaged: .+\.$|is no database of the clerk's, or is damaged/,
    );
  });

  test("there is no store: it says so, and makes none", async () => {
    const made = settings(join(folder(), "data"));
    expect(await wrongIn(made)).toEqual([
      `There is no store yet (SQLite, ${join(made.dataDirectory, "msc-clerk.db")}).`,
    ]);
    writeFileSync(join(made.dataDirectory, "..", "data"), "");
    expect(await wrongIn(made)).toEqual([expect.stringMatching(/is no directory/)]);
  });

  test("an older clerk's store is read as far as it goes, and exported too", async () => {
    const made = await filled();
    const database = new Database(join(made.dataDirectory, "msc-clerk.db"));
    for (const statement of [
      "DROP TABLE clerk_proposals",
      "DROP TABLE clerk_rounds",
      "DELETE FROM clerk_migrations WHERE number >= 3",
    ])
      database.exec(statement);
    database.close();
    expect(await checkStore(made, sequenceOf)).toMatchObject({
      tables: { newest: 2, known: MIGRATIONS.length },
      wrong: [],
    });
    expect((await importing(settings(), await linesOf(made))).kind).toBe("imported");
  });
});

test("an export that cannot be written is no fault of the store's, and comes out as what it is", async () => {
  const made = await filled();
  const full = Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  await expect(exportStore(made, () => Promise.reject(full))).rejects.toBe(full);
});

describe("the lines of a file", () => {
  const read = async (pieces: readonly (string | Uint8Array)[]) => {
    async function* come() {
      yield* pieces;
    }
    const lines: string[] = [];
    for await (const line of linesIn(come())) lines.push(line);
    return lines;
  };
  const TEXT = "a\u2028b\u2029c\r\n\n😀 é";

  test("end at a line feed and nowhere else, wherever the file is cut", async () => {
    const bytes = new TextEncoder().encode(TEXT);
    for (let cut = 0; cut <= bytes.length; cut += 1)
      expect(await read([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(["a\u2028b\u2029c\r", "", "😀 é"]);
    expect(await read([])).toEqual([]);
    expect(await read(["x\n"])).toEqual(["x"]);
  });

  test("that are no UTF-8 are an error, also at the very end", async () => {
    await expect(read([Uint8Array.of(0x61, 0xff)])).rejects.toThrow();
    await expect(read([Uint8Array.of(0x61, 0xe2, 0x82)])).rejects.toThrow();
  });
});
