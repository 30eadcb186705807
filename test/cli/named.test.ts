import { describe, expect, test } from "vitest";
import { nameIn, pullNamed, repositoryNamed } from "../../src/cli/named.js";

const GITHUB = "https://api.github.com";
const SERVER = "https://github.example.org/api/v3";
const RESIDENT = "https://api.acme.ghe.com";
const SANDBOX = "http://127.0.0.1:4000";

const pull = { kind: "pull", owner: "acme", name: "standards", number: 12 };
const repository = { kind: "repository", owner: "acme", name: "standards" };

describe("a pull request is named", () => {
  test.each([
    ["acme/standards#12", GITHUB],
    [" acme/standards#12 ", GITHUB],
    ["acme/standards/pull/12", GITHUB],
    ["https://github.com/acme/standards/pull/12", GITHUB],
    ["https://github.com/acme/standards/pull/12/", GITHUB],
    ["https://github.com/acme/standards/pull/12/files", GITHUB],
    ["https://github.com/acme/standards/pull/12/files#diff-0123abcd", GITHUB],
    ["https://github.com/acme/standards/pull/12/commits/0123abcd", GITHUB],
    ["https://github.com/acme/standards/pull/12#issuecomment-345", GITHUB],
    ["https://github.com/acme/standards/pull/12?notification_referrer_id=x", GITHUB],
    // GitHub leads on from it to the pull request.
    ["https://github.com/acme/standards/issues/12", GITHUB],
    ["http://www.github.com/acme/standards/pull/12", GITHUB],
    ["HTTPS://GitHub.com/acme/standards/pull/12", GITHUB],
    ["github.com/acme/standards/pull/12", GITHUB],
    ["https://github.example.org/acme/standards/pull/12", SERVER],
    ["https://acme.ghe.com/acme/standards/pull/12/checks", RESIDENT],
    ["http://127.0.0.1:4000/acme/standards/pull/12", SANDBOX],
    // Its pages have a port of their own.
    ["http://127.0.0.1:3000/acme/standards/pull/12", SANDBOX],
    ["https://github.com/acme/standards/pull/12", SANDBOX],
  ])("%s", (word, base) => expect(nameIn(word, base)).toEqual(pull));
});

describe("a repository is named", () => {
  test.each([
    ["acme/standards", GITHUB],
    ["acme/standards/", GITHUB],
    ["https://github.com/acme/standards", GITHUB],
    ["https://github.com/acme/standards/", GITHUB],
    ["https://github.com/acme/standards.git", GITHUB],
    ["https://github.com/acme/standards#readme", GITHUB],
    ["https://github.com/acme/standards/pulls", GITHUB],
    ["https://github.com/acme/standards/pulls?q=is%3Aopen", GITHUB],
    ["git@github.com:acme/standards.git", GITHUB],
    ["ssh://git@github.com/acme/standards.git", GITHUB],
    ["https://github.example.org/acme/standards", SERVER],
  ])("%s", (word, base) => expect(nameIn(word, base)).toEqual(repository));

  test("with a dot, a hyphen and an underscore in it, and of a managed user", () => {
    expect(nameIn("a_b/.github", GITHUB)).toEqual({ kind: "repository", owner: "a_b", name: ".github" });
    expect(nameIn("x-y/matrix_spec.v2#1", GITHUB)).toMatchObject({ name: "matrix_spec.v2", number: 1 });
  });
});

describe("what names nothing says what was understood", () => {
  test.each([
    ["12", "is only a number"],
    ["#12", "is only a number"],
    ["standards", "has not the form OWNER/REPO"],
    ["", "has not the form OWNER/REPO"],
    ["a/b/c", "has not the form OWNER/REPO"],
    ["acme/..", "has a repository that cannot be: .."],
    ["acme!/standards", "has an owner that cannot be: acme!"],
    ["acme/standards#0", "has a number that cannot be: 0"],
    ["acme/standards#1234567890", "has a number that cannot be: 1234567890"],
    ["https://github.com/acme", "names no repository"],
    ["https://github.com", "names no owner"],
    ["https://github.com/acme/standards/pull/twelve", "has a number that cannot be: twelve"],
    ["https://github.com/acme/standards/blob/main/README.md", "is the address of neither"],
    ["https://", "is no address"],
    [
      "https://gitlab.com/acme/standards/pull/12",
      "is at gitlab.com, and github.com is asked here (set GITHUB_API_URL to https://gitlab.com/api/v3 to ask that one)",
    ],
    ["https://acme.ghe.com/a/b/pull/1", "set GITHUB_API_URL to https://api.acme.ghe.com"],
  ])("%s: %s", (word, why) => {
    const found = nameIn(word, GITHUB);
    expect(found.kind === "not" ? found.why : found).toContain(why);
  });

  test("on an Enterprise Server the pages of github.com name nothing", () => {
    expect(nameIn("https://github.com/a/b/pull/1", SERVER)).toMatchObject({
      why: "is at github.com, and github.example.org is asked here (set GITHUB_API_URL to https://api.github.com to ask that one)",
    });
  });
});

test("one that was taken for the other says how to write it", () => {
  expect(() => pullNamed("acme/standards", GITHUB)).toThrow(
    '"acme/standards" names the repository acme/standards, and a pull request is asked for: write it as acme/standards#12, or as its address, https://github.com/acme/standards/pull/12.',
  );
  expect(() => repositoryNamed("acme/standards#12", GITHUB)).toThrow(
    '"acme/standards#12" names the pull request 12 of acme/standards, and the whole repository is asked for: write acme/standards.',
  );
  expect(() => pullNamed("1779", GITHUB)).toThrow(
    '"1779" names no pull request: it is only a number. Write it as acme/standards#12, or as its address, https://github.com/acme/standards/pull/12.',
  );
});
