import { describe, expect, it } from "vitest";
import { isViewer } from "../../src/github/read/accounts.js";

describe("whether an account is the clerk's own", () => {
  const clerk = { login: "msc-clerk[bot]", databaseId: 900 };

  it("an App's account with its number is, whatever it is called by now", () => {
    expect(isViewer({ __typename: "Bot", login: "msc-clerk", databaseId: 900 }, clerk)).toBe(true);
    expect(isViewer({ __typename: "Bot", login: "renamed", databaseId: 900 }, clerk)).toBe(true);
  });

  it.each(["Mannequin", "User", "Organization", "EnterpriseUserAccount"])(
    "a %s with its number is not, nor one with its name",
    (type) => {
      expect(isViewer({ __typename: type, login: "imported", databaseId: 900 }, clerk)).toBe(false);
      expect(isViewer({ __typename: type, login: "msc-clerk", databaseId: 900 }, clerk)).toBe(false);
      expect(isViewer({ __typename: type, login: "msc-clerk[bot]" }, clerk)).toBe(false);
    },
  );

  it("another App's account is not, also one that has taken the name", () => {
    expect(isViewer({ __typename: "Bot", login: "msc-clerk", databaseId: 901 }, clerk)).toBe(false);
    expect(isViewer(null, clerk)).toBe(false);
  });

  it("where no number is told the name of an App's account is its own", () => {
    expect(isViewer({ __typename: "Bot", login: "msc-clerk" }, clerk)).toBe(true);
    expect(isViewer({ __typename: "Bot", login: "other" }, clerk)).toBe(false);
  });
});
