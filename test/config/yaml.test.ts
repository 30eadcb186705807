import { describe, expect, test } from "vitest";
import { parseConfig } from "../../src/config/parse.js";
import { MAX_LENGTH } from "../../src/config/yaml.js";
import { config, faultsOf, roster, valid } from "./faults.js";

const logins = (text: string) => valid(text).teams[0]?.members.map((member) => member.login);

describe("config.invalid: what YAML does to the unwary", () => {
  test("a key given twice is refused, with both lines", () => {
    expect(faultsOf(config({ more: "mentions: [a]\nmentions: [b]" }))).toEqual([
      'line 9, column 1: mentions: "mentions" is given twice (first on line 8); keep one of them',
    ]);
  });

  test("a key given twice deep inside is refused too, and so is what is wrong with the second", () => {
    expect(faultsOf(roster("{ login: alice, login: bob }"))).toEqual([
      'line 5, column 25: teams.core.members[0].login: "login" is given twice (first on line 5); keep one of them',
    ]);
  });

  test("anchors and aliases are refused: a reviewer reads what counts, where it counts", () => {
    const text = config({ teams: "teams:\n  core: &all\n    members: [alice]\n  other: *all" });
    expect(faultsOf(text)).toEqual([
      "line 3, column 9: teams.core: &all names this for use elsewhere, which this file does not allow; take it out",
      "line 5, column 10: teams.other: *all repeats something written elsewhere; write it out here, so that whoever reviews this file sees what counts",
    ]);
  });

  test("what was not saved as UTF-8 is told so: other letters would count than were written", () => {
    const told =
      "what stands here is not text in UTF-8, so that a letter would be lost; save the file as UTF-8";
    const utf16 = Buffer.from(`\uFEFF${config()}`, "utf16le").toString("utf8");
    expect(faultsOf(utf16)).toEqual([`line 1, column 4: ${told}`]);
    const latin1 = Buffer.from(config({ more: "# Räte\nmentions: [Räte]" }), "latin1").toString("utf8");
    expect(faultsOf(latin1)[0]).toBe(`line 8, column 4: ${told}`);
    const comment = Buffer.from(config({ more: "# Räte" }), "latin1").toString("utf8");
    expect(faultsOf(comment)).toEqual([`line 8, column 4: ${told}`]);
  });

  test("an alias bomb costs nothing: it is refused before it unfolds", () => {
    const rows = Array.from(
      { length: 60 },
      (_, row) => `  a${row + 1}: &a${row + 1} [${`*a${row},`.repeat(9)}*a${row}]`,
    );
    const bomb = config({ teams: `teams:\n  a0: &a0 { members: [alice] }\n${rows.join("\n")}` });
    const started = performance.now();
    const faults = faultsOf(bomb);
    expect(performance.now() - started).toBeLessThan(2000);
    expect(faults).toHaveLength(101);
    expect(faults.at(-1)).toMatch(/and \d+ more faults$/);
  });

  test("a file of 1 MB is refused at once, unread", () => {
    const started = performance.now();
    expect(faultsOf(`${config()}# ${"x".repeat(1_048_576)}`)).toEqual([
      `line 1, column 1: the file has ${config().length + 2 + 1_048_576} bytes; more than ${MAX_LENGTH} are not read`,
    ]);
    expect(performance.now() - started).toBeLessThan(200);
  });

  test("a file just within the limit is read in a moment: five hundred members", () => {
    const members = Array.from(
      { length: 500 },
      (_, n) => `{ login: member-${n}, id: ${n + 1}, domains: [Servers] }`,
    );
    const text = roster(...members);
    const padded = `${text}# ${"x".repeat(MAX_LENGTH - text.length - 2)}`;
    const started = performance.now();
    expect(logins(padded)).toHaveLength(500);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test.each([
    ["at the start of the file", "\tversion: 1\n", 1],
    ["under a key", "version: 1\nteams:\n\tcore: x\n", 3],
    ["before a dash", "version: 1\nmentions:\n\t- a\n", 3],
    ["after spaces", "version: 1\nteams:\n  core:\n  \tmembers: [a]\n", 4],
  ])("a tab for indentation is refused by name: %s", (_, text, line) => {
    expect(faultsOf(text)).toEqual([
      expect.stringMatching(
        new RegExp(`^line ${line}, column \\d+: this line is indented with a tab; YAML wants spaces$`),
      ),
    ]);
  });

  test("a tab elsewhere is white space", () => {
    expect(faultsOf(config({ version: "version:\t1\t# one" }))).toEqual([]);
  });

  test("a login given as a number is to be put in quotes, in the short form and in the long", () => {
    expect(faultsOf(roster("12345", "{ login: 12345 }", "0x1f", "1e5", "007"))).toEqual([
      "line 5, column 9: teams.core.members[0]: 12345 is a number; write it in quotes if the login is made of digits",
      "line 6, column 18: teams.core.members[1].login: 12345 is a number; write it in quotes if the login is made of digits",
      "line 7, column 9: teams.core.members[2]: 0x1f is a number; write it in quotes if the login is made of digits",
      "line 8, column 9: teams.core.members[3]: 1e5 is a number; write it in quotes if the login is made of digits",
      "line 9, column 9: teams.core.members[4]: 007 is a number; write it in quotes if the login is made of digits",
    ]);
    expect(logins(roster('"12345"', "'007'"))).toEqual(["12345", "007"]);
  });

  test("a login YAML reads as true, false or nothing is to be put in quotes", () => {
    const faults = faultsOf(roster("true", "False", "null", "~", ""));
    expect(faults).toHaveLength(5);
    expect(faults[0]).toBe(
      "line 5, column 9: teams.core.members[0]: true is read as true or false; write a login, or a mapping such as { login: ara4n, domains: [servers] }, in quotes if it is spelt true",
    );
    expect(faults[2]).toMatch(
      /members\[2\]: null is read as nothing at all; write a login, .*in quotes if it is spelt null$/,
    );
    expect(faults[4]).toMatch(/members\[4\]: is empty; write a login/);
    expect(logins(roster('"true"', '"null"'))).toEqual(["true", "null"]);
  });

  test("what only the older YAML reads as truth or as a date is a login like any other", () => {
    expect(logins(roster("yes", "No", "on", "y", "2026-03-01", "1_000"))).toEqual([
      "yes",
      "No",
      "on",
      "y",
      "2026-03-01",
      "1_000",
    ]);
  });

  test("more than half, as a sign that YAML takes for its own", () => {
    expect(faultsOf(config({ decisions: "decisions: [{ name: a, approval: { core: >50% } }]" }))).toEqual([
      expect.stringMatching(/: a value cannot begin with > in YAML; write it in quotes$/),
    ]);
  });

  test("a login with its @, bare or in quotes", () => {
    expect(faultsOf(roster("@alice"))).toEqual([
      "line 5, column 9: a value cannot begin with @ in YAML; write a login without it, and other text in quotes",
    ]);
    expect(faultsOf(config({ teams: "teams: { core: { members: [@alice] } }" }))).toEqual([
      expect.stringMatching(
        /a value cannot begin with @ in YAML; write a login without it, and other text in quotes$/,
      ),
    ]);
    expect(faultsOf(roster('"@alice"'))).toEqual([
      "line 5, column 9: teams.core.members[0]: write the login alone, without the @: alice",
    ]);
  });

  test("a config that is a list", () => {
    expect(faultsOf("- version: 1\n- teams\n")).toEqual([
      "line 1, column 1: the file is a list; it must be keys with values, beginning with version: 1",
    ]);
  });

  test("a config that is one word", () => {
    expect(faultsOf("roster\n")).toEqual([
      'line 1, column 1: the file is only "roster", not keys with values; begin with version: 1',
    ]);
  });

  test.each([
    ["empty", ""],
    ["white space", " \n\n  \n"],
    ["only comments", "# the roster\n# comes later\n"],
    ["a byte order mark", "\uFEFF"],
    ["a document without content", "---\n...\n"],
  ])("an empty file is invalid, not an empty roster: %s", (_, text) => {
    expect(faultsOf(text)).toEqual([
      "line 1, column 1: the file is empty; it needs at least version, teams and decisions (see docs/configuration.md)",
    ]);
  });

  test("a byte order mark does not shift columns", () => {
    expect(faultsOf(`\uFEFF${config({ version: "version: 2" })}`)).toEqual([
      "line 1, column 10: version: 2 is no version the clerk knows; write version: 1",
    ]);
    expect(valid(`\uFEFF${config()}`)).toEqual(valid(config()));
  });

  test.each([
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("line ends of %s change neither the rules nor the lines of faults", (_, end) => {
    const good = config();
    expect(valid(good.replaceAll("\n", end))).toEqual(valid(good));
    const bad = roster("alice", "12345");
    expect(faultsOf(bad.replaceAll("\n", end))).toEqual(faultsOf(bad));
    expect(faultsOf(bad)[0]).toMatch(/^line 6, column 9: /);
  });

  test("a merge key is refused", () => {
    expect(faultsOf(config({ conclude: "conclude:\n  <<: { merge: squash }" }))).toEqual([
      "line 9, column 3: conclude: << merges another mapping in, which this file does not allow; write its keys out here",
    ]);
  });

  test("a second document is refused, and the first is still looked at", () => {
    expect(faultsOf(`${config({ version: "version: 2" })}---\nversion: 1\nverzion: 1\n`)).toEqual([
      "line 1, column 10: version: 2 is no version the clerk knows; write version: 1",
      "line 9, column 1: a second document begins here; the config is one document, so take the --- line out",
    ]);
  });

  test("one document with its --- is a config", () => {
    expect(valid(`---\n${config()}...\n`)).toEqual(valid(config()));
  });

  test("keys that are not text are refused", () => {
    const text = config({ more: "1: a\ntrue: b\n~: c\n? [a, b]\n: d\n? { a: b }\n: e" });
    expect(faultsOf(text)).toEqual([
      "line 8, column 1: 1 cannot be a key here: keys are names",
      "line 9, column 1: true cannot be a key here: keys are names",
      "line 10, column 1: ~ cannot be a key here: keys are names",
      "line 11, column 3: a list cannot be a key here; write a name",
      "line 13, column 3: a mapping cannot be a key here; write a name",
    ]);
  });

  test("keys that mean something to JavaScript are refused like any other unknown key, and touch nothing", () => {
    const text = config({
      more: "__proto__: { polluted: yes }\nconstructor: { prototype: { polluted: yes } }\ntoString: x",
    });
    const faults = faultsOf(text);
    expect(faults).toHaveLength(3);
    expect(faults[0]).toBe('line 8, column 1: "__proto__" cannot be a key');
    expect(faults[1]).toMatch(/^line 9, column 1: constructor: "constructor" is not known here/);
    expect(faults[2]).toMatch(/^line 10, column 1: toString: "toString" is not known here/);
    expect("polluted" in {}).toBe(false);
    expect(faultsOf(config({ labels: "labels: { __proto__: { fcp: x }, hasOwnProperty: x }" }))).toHaveLength(
      2,
    );
  });

  test("a team called constructor is a team, and one nobody wrote is not there", () => {
    const text = config({
      teams: "teams:\n  constructor:\n    members: [alice]",
      decisions: "decisions:\n  - name: change\n    approval: { constructor: 75% }",
    });
    expect(valid(text).teams.map((team) => team.slug)).toEqual(["constructor"]);
    expect(
      faultsOf(config({ decisions: "decisions:\n  - name: change\n    approval: { constructor: 75% }" })),
    ).toEqual([
      'line 7, column 17: decisions[0].approval.constructor: there is no team "constructor"; the teams are core',
    ]);
  });

  test("very deep nesting is refused before it is walked", () => {
    expect(faultsOf(`version: ${"[".repeat(50_000)}`)).toEqual([
      expect.stringMatching(
        /^line 1, column \d+: nested more than 20 deep, which no config needs; is a bracket missing\?$/,
      ),
    ]);
    expect(
      faultsOf(`a:\n${Array.from({ length: 300 }, (_, n) => `${" ".repeat(n + 1)}a:`).join("\n")}`),
    ).toEqual([expect.stringMatching(/nested more than 20 deep/)]);
  });

  test("tags are refused: the plain value says it", () => {
    expect(faultsOf(roster("!!str 12345", "!ruby/object:X y"))).toEqual([
      "line 5, column 9: teams.core.members[0]: the YAML tag !!str is not allowed here; write the plain value, in quotes if it is text",
      "line 6, column 9: teams.core.members[1]: the YAML tag !ruby/object:X is not allowed here; write the plain value, in quotes if it is text",
    ]);
  });

  test.each([
    [
      "an open bracket",
      "version: 1\nmentions: [a, b\n",
      /^line 2, column 11: the \[ that stands here is not closed; write \] behind its last item$/,
    ],
    [
      "an open brace",
      "version: 1\nlabels: { a: 'b]'\nx: 1\n",
      /^line 2, column 9: the { that stands here is not closed/,
    ],
    ["the innermost of two", "version: 1\na: [[1, [2]]\nb: 1\n", /^line 2, column 4: the \[ that/],
    [
      "an open quote",
      "version: 1\nmentions: 'a\n",
      /^line 2, column 11: the ' that stands here is not closed on this line; close it, or write the text without quotes$/,
    ],
    [
      "an open quote, lines above where it is noticed",
      'version: 1\nteams:\n  wg:\n    title: "Working Group\n    members: [ann, bob]\n',
      /^line 4, column 12: the " that stands here is not closed on this line/,
    ],
    [
      "an open quote in a list, behind apostrophes, comments and quotes that are closed",
      `a: it's # don't "\nb: 'it''s'\nc: "a \\" b"\nd: ["x", "y, z]\ne: 1\n`,
      /^line 4, column 10: the " that stands here is not closed on this line/,
    ],
    [
      "a quote inside quotes",
      "a: 'it's a change'\n",
      /^line 1, column 8: text follows the ' that closes here; put the whole value into "…"/,
    ],
    [
      "no colon",
      "version 1\nteams:\n  a: b\n",
      /^line 1, column 1: "version 1" is no key with a value; write a colon and a space between them, as in version: 1$/,
    ],
    ["no space behind the colon", "# ours\nversion:1\nteams:\n", /^line 2, column 1: "version:1" is no key/],
    [
      "lines that are not indented alike",
      "a:\n  - x\n - y\n",
      /^line 3, column 2: this line is not indented as its neighbours are/,
    ],
    [
      "a colon in a title",
      "version: 1\nteams:\n  core:\n    title: Core: the team\n",
      /^line 4, column \d+: a value with a colon and a space in it must stand in quotes$/,
    ],
    [
      "a per cent sign first",
      "version: 1\nteams:\n  core: %75\n",
      /^line 3, column \d+: a value cannot begin with % in YAML; write the number first, as in 75%, and other text in quotes$/,
    ],
    [
      "a backtick",
      "version: 1\nteams: `x`\n",
      /^line 2, column \d+: a value cannot begin with ` in YAML; write it in quotes$/,
    ],
    ["a null byte", "version: 1\u0000\n", /^line 1, column \d+: what stands here is not text in UTF-8/],
    ["half a character", "version: \uD800\n", /^line 1, column \d+: this is not YAML: /],
  ])("what is no YAML at all says where, and what to do where that is known: %s", (_, text, fault) => {
    expect(faultsOf(text)).toEqual([expect.stringMatching(fault)]);
  });

  test("the same text always has the same faults, and they come in the order of the file", () => {
    const text = `${config({ version: "version: 3", more: "labels: { fcp: proposal }\nverzion: 1" })}`;
    const first = parseConfig(text);
    expect(parseConfig(text)).toEqual(first);
    expect(first.ok ? [] : first.faults.map((fault) => fault.line)).toEqual([1, 8, 9]);
  });
});

describe("config.invalid: an id is written in plain digits", () => {
  const idOf = (text: string) => `version: 1
teams:
  core:
    members:
      - login: ann
        id: ${text}
decisions: [{ name: all, approval: { core: 75% } }]
`;
  const AT = "line 6, column 13: teams.core.members[0].id: ";
  const plain = (text: string, digits: string) =>
    `${AT}${text} is not written the way people read numbers; write it in plain digits: ${digits}`;

  test.each([
    ["0x1F", "31"],
    ["0o17", "15"],
    ["0b11", "3"],
    ["1e3", "1000"],
    ["1E3", "1000"],
    ["007", "7"],
    ["+5", "5"],
    ["1.0", "1"],
    ["5.", "5"],
    ["1_000", "1000"],
    ["12_34", "1234"],
    ["1,294,269", "1294269"],
  ])("%s is told as what it stands for", (text, digits) => {
    expect(faultsOf(idOf(text))).toEqual([plain(text, digits)]);
    expect(faultsOf(idOf(`${text} # an id`))).toEqual([plain(text, digits)]);
  });

  test.each(["-5", "0", "00", ".5", "1,5", "1:30", "12 34", ".inf", "9007199254740993", "1e400", "true"])(
    "%s stands for none",
    (text) => {
      expect(faultsOf(idOf(text))).toEqual([expect.stringContaining(`${AT}${text} is no numeric GitHub id`)]);
    },
  );

  test("in quotes it is text, however it is quoted", () => {
    for (const text of ['"42"', "'42'"])
      expect(faultsOf(idOf(text))).toEqual([`${AT}write the numeric id without quotes: 42`]);
    expect(faultsOf(idOf('"0x1F"'))).toHaveLength(1);
    expect(faultsOf(idOf("!!int 42"))).toHaveLength(1);
  });

  test("plain digits are one", () => {
    for (const text of ["1", "42", "1294269", "42 # the answer"]) expect(faultsOf(idOf(text))).toEqual([]);
  });
});
