import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { beforeEach, describe, expect, test } from "vitest";
import { addDotEnv, dotEnvRights, writeDotEnv } from "../../src/platform/dotEnv.js";

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "msc-clerk-env-"));
  path = join(directory, ".env");
});

const mode = (of = path) => statSync(of).mode & 0o777;
const values = () => parseEnv(readFileSync(path, "utf8"));

describe("what is written to .env", () => {
  test.each(["022", "000", "077"])("is readable by its owner only, with a umask of %s", (mask) => {
    const before = process.umask(Number.parseInt(mask, 8));
    try {
      expect(writeDotEnv(path, { APP_ID: "1" })).toBe(null);
    } finally {
      process.umask(before);
    }
    expect(mode()).toBe(0o600);
    expect(readdirSync(directory)).toEqual([".env"]);
  });

  test.each(["644", "666", "640", "604"])(
    "is readable by its owner only where it was %s before, and keeps what else was set",
    (was) => {
      writeFileSync(path, "PORT=4000\nAPP_ID=7\n# a note\nPUBLIC_URL='https://clerk.example.org'\n");
      chmodSync(path, Number.parseInt(was, 8));
      expect(writeDotEnv(path, { APP_ID: "8" })).toBe(null);
      expect(mode()).toBe(0o600);
      expect(values()).toEqual({ PORT: "4000", APP_ID: "8", PUBLIC_URL: "https://clerk.example.org" });
    },
  );

  test("stays where a link leads", () => {
    const real = join(directory, "real.env");
    writeFileSync(real, "PORT=4000\n");
    symlinkSync(real, path);
    expect(writeDotEnv(path, { APP_ID: "8" })).toBe(null);
    expect(mode(real)).toBe(0o600);
    expect(parseEnv(readFileSync(real, "utf8"))).toEqual({ PORT: "4000", APP_ID: "8" });
  });

  test.each([
    "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n",
    'a "quoted" secret',
    "it's # no comment",
    "back\\nslash",
    " spaces ",
    "$HOME `x` =",
    "",
    "ü😀",
  ])("is read back as it was given: %j", (value) => {
    expect(writeDotEnv(path, { WEBHOOK_SECRET: value, AFTER: "x" })).toBe(null);
    expect(values()).toEqual({ WEBHOOK_SECRET: value, AFTER: "x" });
  });

  test.each(['x"\nDRY_RUN=true\n"', "x\nAPP_ID=666", "'\"`\nAPP_ID=666\n"])(
    "sets no other variable than it is told to: %j",
    (value) => {
      writeDotEnv(path, { WEBHOOK_SECRET: value });
      const variables: Record<string, string | undefined> = {};
      addDotEnv(variables, path);
      expect(Object.keys(variables).filter((name) => name !== "WEBHOOK_SECRET")).toEqual([]);
    },
  );

  test("what cannot be written leaves the file as it was", () => {
    writeFileSync(path, "PORT=4000\n");
    expect(writeDotEnv(path, { WEBHOOK_SECRET: "'\"`" })).toBe(
      "WEBHOOK_SECRET cannot be written in a .env file as it is.",
    );
    expect(writeDotEnv(join(directory, "nowhere", ".env"), { APP_ID: "1" })).toMatch(
      /cannot be written \(ENOENT\)/,
    );
    expect(readFileSync(path, "utf8")).toBe("PORT=4000\n");
    expect(readdirSync(directory)).toEqual([".env"]);
  });
});

test.each([
  ["600", "is nothing to tell of"],
  ["400", "is nothing to tell of"],
  ["644", "is told of at the start"],
  ["640", "is told of at the start"],
  ["604", "is told of at the start"],
])("a .env with the rights %s %s", (octal, told) => {
  const rights = Number.parseInt(octal, 8);
  writeFileSync(path, "PORT=4000\n");
  chmodSync(path, rights);
  expect(dotEnvRights(path) !== null).toBe(told === "is told of at the start");
  expect(dotEnvRights(join(directory, "none"))).toBe(null);
});
