import { describe, expect, test } from "vitest";
import {
  type RepositoryAsked,
  repositoryFindings,
  unseenFinding,
} from "../../../src/cli/doctor/repositoryFindings.js";
import { LABELS } from "../../../src/domain/model/labels.js";
import { rules } from "../../support/rules.js";
import { allTold, codes, told } from "./told.js";

const URL_ = "https://github.com/body/proposals";
const repository = {
  ...{ id: 1, owner: "body", name: "proposals", url: URL_, defaultBranch: "main" },
  ...{ archived: false, hasIssues: true, isPrivate: false },
};
const config = {
  kind: "valid",
  ...{ rules: rules(), commit: "abc", adoptedAt: 0, repository: 1, text: "" },
} as const;
const NAMES = LABELS.flatMap(({ key }) => config.rules.labels[key] ?? []);

const found = (changed: Partial<RepositoryAsked> = {}) =>
  repositoryFindings({
    repository,
    config,
    besideConfig: null,
    labels: { kind: "read", labels: [...NAMES.map((name) => name.toUpperCase()), "another"] },
    issues: { kind: "read", issues: [] },
    specification: null,
    ...changed,
  });
const issue = (number: number, key: string, open = true) => ({ number, key, open, title: "", body: "" });

describe("a repository", () => {
  test("in which all is well", () => {
    expect(codes(found())).toEqual(["ok config", "ok labels", "ok duty_issues"]);
    expect(allTold(found())[0]).toMatch(/^ok \| The config is valid: .+; Final Comment Period of 5 days\.$/);
    expect(allTold(found())[1]).toBe(`ok | All ${NAMES.length} labels that the clerk uses are there.`);
  });

  test("that is archived: nothing else is said of it", () => {
    expect(allTold(found({ repository: { ...repository, archived: true } }))).toEqual([
      `warning | The repository is archived. | Nothing can be written there: the clerk leaves it alone. | If that is not meant, unarchive it on ${URL_}/settings.`,
    ]);
  });

  test("spec.linked: whose specification the App cannot look at", () => {
    const of = (name: string, installed: NonNullable<RepositoryAsked["specification"]>["installed"]) =>
      allTold(found({ specification: { name, installed } }))[2];
    const gone = { kind: "gone", why: "Not Found" } as const;
    const leads = (leadsTo: string) => ({ kind: "read", leadsTo }) as const;
    expect(of("Body/spec", leads("body/spec"))).toBe(
      "ok | The App is installed on Body/spec, the repository of the specification.",
    );
    expect(of("body/spec", gone)).toBe(
      "warning | The App is not installed on body/spec, the repository of the specification. | The labels that tell how far the specification has come are left to people. | Install the App on it too, or take spec_repository out of the config.",
    );
    expect(of("bodyguards/spec", leads("bodyguards/spec"))).toContain("has another owner than the proposals");
    expect(of("body/spec", leads("another/spec"))).toBe(
      "warning | The repository of the specification, body/spec, is another/spec by now, which has another owner than the proposals. | The labels that tell how far the specification has come are left to people. | Name the present one under spec_repository, or take the key out.",
    );
    expect(of("body/old-name", leads("Body/proposals"))).toContain("by now, where the proposals are.");
    expect(of("body/old-spec", leads("body/spec"))).toMatch(/^ok /);
    expect(of("body/spec", { kind: "unreadable", why: "the line broke.", retryAt: null })).toContain(
      "not_known",
    );
  });

  test("that GitHub does not show", () => {
    expect(told(unseenFinding("body/nothing", { kind: "gone", why: "Not Found" }))).toBe(
      "wrong | GitHub shows no repository body/nothing. | Nothing of it can be looked at. | See that the name is right. GitHub hides a private one from whoever may not read it, as if it were not there.",
    );
    const later = { kind: "unreadable", why: "the line broke.", retryAt: null } as const;
    expect(told(unseenFinding("body/nothing", later))).toBe(
      "not_known | body/nothing cannot be read: the line broke. | Nothing of it can be looked at. | Ask again in a minute; if it stays so, look at GitHub's own status page.",
    );
  });
});

describe("its config", () => {
  test("that is right, with what check warns of in it, at its place", () => {
    const text =
      "version: 1\nteams: { core: { members: [ann, bob, cy] } }\ndecisions: [{ name: change, approval: { core: 75% } }]\n";
    const all = allTold(found({ config: { ...config, text } }));
    expect(codes(found({ config: { ...config, text } })).slice(0, 2)).toEqual([
      "ok config",
      "warning config_surprises",
    ]);
    expect(all[1]).toBe(
      [
        "warning | 2 things in the config may surprise:",
        ".github/msc-clerk.yml:2:18: teams.core.members: 3 members of the Core have no id (ann, bob and cy): whoever takes such a login over has its vote; write { login: ann, id: … }, with the number from users/ann of GitHub’s API (https://api.github.com/users/ann on github.com)",
        '.github/msc-clerk.yml:3:41: decisions[0].approval.core: 75% of 3 comes to all 3 of the Core: one who is away keeps "change" from passing | It counts as it stands, and may not be what was meant. | Where it is not, change it by a pull request to main, which is voted on; `msc-clerk check FILE` tells whether it is gone.',
      ].join("\n"),
    );
  });

  test("that GitHub shows with more warnings than fit, or whose text is not at hand", () => {
    const teams = Array.from({ length: 25 }, (_, at) => `t${at}: { members: [a${at}] }`).join(", ");
    const text = `version: 1\nteams: { ${teams} }\ndecisions: [{ name: change, approval: { t0: 75% } }]\n`;
    expect(allTold(found({ config: { ...config, text } }))[1]).toContain("\nand 30 more. | It counts");
    expect(codes(found({ config: { ...config, text: "" } }))).not.toContain("warning config_surprises");
  });

  test("is not there: a warning, and wrong where somebody meant a file to be it", () => {
    const [dormant] = allTold(found({ config: { kind: "absent" }, besideConfig: ["README.md"] }));
    expect(dormant).toMatch(
      /^warning \| Dormant: there is no \.github\/msc-clerk\.yml on the default branch\. \| The clerk does nothing in this repository\. \| Put a file of that name on main; /,
    );
    const [missed] = allTold(found({ config: { kind: "absent" }, besideConfig: [".github/msc-clerk.yaml"] }));
    expect(missed).toMatch(/^wrong \| .* There is \.github\/msc-clerk\.yaml: /);
  });

  test("is invalid: each fault with its place, twenty of them", () => {
    const fault = (line: number) => ({
      line,
      column: 3,
      path: line === 1 ? "" : "teams.a",
      message: "is wrong.",
    });
    const faults = (count: number) => Array.from({ length: count }, (_, index) => fault(index + 1));
    const invalid = (count: number) =>
      found({ config: { kind: "invalid", faults: faults(count), commit: "abc", repository: 1 } });
    expect(allTold(invalid(2))).toEqual([
      "wrong | The config is invalid: 2 faults.\n.github/msc-clerk.yml:1:3: is wrong.\n.github/msc-clerk.yml:2:3: teams.a: is wrong. | Nothing is decided until it is right; every check says so. | Correct it by a pull request; the checks turn by themselves after the merge.",
    ]);
    const lines = (count: number) => invalid(count)[0]?.what.split("\n") ?? [];
    expect(lines(20)).toHaveLength(21);
    expect(lines(21)).toHaveLength(22);
    expect(lines(21).at(-1)).toBe("and 1 more.");
  });

  test("cannot be read: it is not known, and of the labels nothing can be said", () => {
    expect(codes(found({ config: { kind: "unreadable", why: "x", retryAt: null } }))).toEqual([
      "not_known config",
    ]);
  });
});

describe("its labels", () => {
  test("proposal.ready: those that only some configs have are looked for too", () => {
    const ready = { ...config, rules: { ...config.rules, readyLabel: "ready" } };
    expect(allTold(found({ config: ready }))[1]).toContain("that the clerk uses is not there: ready.");
  });

  test("that lack are named", () => {
    const labels = { kind: "read", labels: NAMES.slice(2) } as const;
    expect(allTold(found({ labels }))[1]).toBe(
      `warning | 2 labels of ${NAMES.length} that the clerk uses are not there: ${NAMES[0]} and ${NAMES[1]}. | Who filters by them finds nothing, and what is said by a label cannot be said. | The clerk makes them when it starts, and when the config changes. If it runs, see in its log why it could not.`,
    );
    const off = allTold(found({ labels, repository: { ...repository, hasIssues: false }, issues: null }));
    expect(off[1]).toMatch(/^warning \| Issues are switched off\. \| What is due cannot be reported in one /);
    expect(off[2]).toContain(`Make them by hand on ${URL_}/labels: where Issues are off, GitHub refuses`);
  });
});

describe("the clerk's own issues", () => {
  test("one duty has one that is open", () => {
    const one = [issue(1, "absence"), issue(2, "absence", false), issue(3, "lead-confidence sct")];
    expect(allTold(found({ issues: { kind: "read", issues: one } }))[2]).toBe(
      "ok | No duty has more than one open issue (2 open).",
    );
    const two = [...one, issue(9, "absence")];
    expect(allTold(found({ issues: { kind: "read", issues: two } }))[2]).toBe(
      `warning | Several open issues report the same: absence (#1 and #9). | Only one of each is kept up to date; the others mislead. | Close all but one of each on ${URL_}/issues.`,
    );
  });

  test("are not looked for by a reader", () => {
    expect(codes(found({ issues: null }))).toEqual(["ok config", "ok labels"]);
  });
});
