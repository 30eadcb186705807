import { describe, expect, it } from "vitest";
import { isViewer } from "../../src/github/read/accounts.js";
import type { Actor } from "../../src/github/read/nodes.js";

describe("whether an account is the clerk's own", () => {
  const clerk = { login: "msc-clerk[bot]", databaseId: 900 };

  /** Also as GitHub's schema does not have it: its answers are not checked. */
  const actor = (__typename: string, login: string, databaseId: number | null = null) =>
    ({ __typename, login, databaseId }) as Actor;

  it("an App's account with its number is, whatever it is called by now", () => {
    expect(isViewer(actor("Bot", "msc-clerk", 900), clerk)).toBe(true);
    expect(isViewer(actor("Bot", "renamed", 900), clerk)).toBe(true);
  });

  it.each(["Mannequin", "User", "Organization", "EnterpriseUserAccount"])(
    "a %s with its number is not, nor one with its name",
    (type) => {
      expect(isViewer(actor(type, "imported", 900), clerk)).toBe(false);
      expect(isViewer(actor(type, "msc-clerk", 900), clerk)).toBe(false);
      expect(isViewer(actor(type, "msc-clerk[bot]"), clerk)).toBe(false);
    },
  );

  it("another App's account is not, also one that has taken the name", () => {
    expect(isViewer(actor("Bot", "msc-clerk", 901), clerk)).toBe(false);
    expect(isViewer(null, clerk)).toBe(false);
  });

  it("where no number is told the name of an App's account is its own", () => {
    expect(isViewer(actor("Bot", "msc-clerk"), clerk)).toBe(true);
    expect(isViewer(actor("Bot", "other"), clerk)).toBe(false);
  });
});
