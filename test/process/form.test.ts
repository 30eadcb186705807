import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { differences } from "../../src/domain/amendment/differences.js";
import { decide } from "../../src/domain/decide.js";
import { desired } from "../../src/domain/desired/desired.js";
import { plan } from "../../src/domain/desired/plan.js";
import { formFacts, formFindings } from "../../src/domain/form/formFindings.js";
import { signsOff } from "../../src/domain/form/signOff.js";
import { changeSentence } from "../../src/domain/messages/change.js";
import { findingLine, formSummary, formTitle } from "../../src/domain/messages/form.js";
import {
  FORM_CHECK_KEYS,
  type FormCheck,
  type FormFacts,
  type FormRead,
} from "../../src/domain/model/form.js";
import type { Rules } from "../../src/domain/model/rules.js";
import type { Snapshot } from "../../src/domain/model/snapshot.js";
import { evaluate } from "../../src/runtime/reconcile/evaluate.js";
import { formOf, formRead, HEAD, named, saying } from "../support/form.js";
import { rules } from "../support/rules.js";
import { OUTSIDER, proposed, type World, world } from "../support/world.js";
import { refusalOf } from "./reading.js";

const LINK = "https://github.example/author/matrix-spec-proposals/blob/a-thing/proposals/1234-thing.md";
const plansOf = (snapshot: Snapshot, by: Rules, now: number) =>
  plan(desired(decide(snapshot, by, now), snapshot, by), snapshot);

/** What one check finds, in short: severity, code, and what it should become. */
const found = (check: FormCheck, facts: FormFacts) =>
  formFindings(facts, [check]).map(({ severity, fault }) =>
    [severity, fault.code, "to" in fault ? fault.to : null].filter((part) => part !== null).join(" "),
  );

test("form.check: a proposal as the process page asks for it has nothing to change", () => {
  expect(formFindings(formOf())).toEqual([]);
});

describe("file names", () => {
  test.each([
    ["proposals/xxxx-thing.md", "problem name_without_number proposals/4000-thing.md"],
    ["proposals/XXXX-thing.md", "problem name_without_number proposals/4000-thing.md"],
    ["proposals/0000-matrix.to-v2.md", "problem name_without_number proposals/4000-matrix-to-v2.md"],
    ["proposals/0-threading.md", "problem name_without_number proposals/4000-threading.md"],
    [
      "proposals/0000-rel_type-for-replies.md",
      "problem name_without_number proposals/4000-rel-type-for-replies.md",
    ],
    ["proposals/MSCXXXX_Thing.md", "problem name_without_number proposals/4000-thing.md"],
    ["proposals/nnnn-thing.md", "problem name_without_number proposals/4000-thing.md"],
    ["proposals/thing.md", "problem name_without_number proposals/4000-thing.md"],
    ["proposals/SoftLogout.md", "problem name_without_number proposals/4000-soft-logout.md"],
    ["proposals/2fa.md", "problem name_without_number proposals/4000-2fa.md"],
    [
      "proposals/0000-proposal-template (copia).md",
      "problem name_without_number proposals/4000-proposal-template-copia.md",
    ],
    [
      "proposals/1219-storing-megolm-keys-serverside.md",
      "problem name_of_another proposals/4000-storing-megolm-keys-serverside.md",
    ],
    ["proposals/4001-a-thing.md", "problem name_of_another proposals/4000-a-thing.md"],
    ["proposals/4000-remove-event_id.md", "warning unusual_name proposals/4000-remove-event-id.md"],
    ["proposals/4000-matrix.to-v2.md", "warning unusual_name proposals/4000-matrix-to-v2.md"],
    ["proposals/4000-CBOR.md", "warning unusual_name proposals/4000-cbor.md"],
    ["proposals/4000_thing.md", "warning unusual_name proposals/4000-thing.md"],
    ["proposals/MSC4000-thing.md", "warning unusual_name proposals/4000-thing.md"],
    ["proposals/4000.md", "warning unusual_name proposals/4000-a-thing.md"],
  ])("form.check: %s", (path, finding) => {
    expect(found("file-name", named(path))).toEqual([finding]);
  });

  test.each([
    "proposals/4000-a-thing.md",
    "proposals/4000-e2ee-v2.md",
    "proposals/04000-zeros-stay.md",
    "proposals/4000-räume-für-alle.md",
    "proposals/4000-空間.md",
    "texts/deep/4000-a-thing.rst",
    "texts/4000-no-extension",
  ])("form.check: %s is as it should be", (path) => {
    expect(found("file-name", named(path))).toEqual([]);
  });

  test("form.check: a proposal of before, 1219-….md in pull request 1538, is told its own number", () => {
    const facts = named("proposals/1219-storing-megolm-keys-serverside.md", { number: 1538 });
    expect(found("file-name", facts)).toEqual([
      "problem name_of_another proposals/1538-storing-megolm-keys-serverside.md",
    ]);
  });
});

describe("titles", () => {
  const titled = (number: number, title: string, over: Partial<FormFacts> = {}) =>
    found("title", formOf({ number, title, ...over }));

  test.each([
    [1466, "MSC 1466 - Soft Logout", "warning title_unusual MSC1466: Soft Logout"],
    [1819, "MSC:1819 Remove Presence Lists", "warning title_unusual MSC1819: Remove Presence Lists"],
    [
      2033,
      "TBD: MSC2033: Adding a device ID to /whoami",
      "warning title_unusual MSC2033: Adding a device ID to /whoami",
    ],
    [
      2457,
      "MSC: Removal of query string auth",
      "problem title_without_number MSC2457: Removal of query string auth",
    ],
    [1759, "Room v2 proposal", "problem title_without_number MSC1759: Room v2 proposal"],
    [1538, "MSC1219: Storage of megolm keys", "problem title_of_another MSC1538: Storage of megolm keys"],
    [4000, "MSCXXXX: A thing", "problem title_without_number MSC4000: A thing"],
    [4000, "MSC0000: A thing", "problem title_without_number MSC4000: A thing"],
    [4000, "msc4000: A thing", "warning title_unusual MSC4000: A thing"],
    [4000, "MSC4000", "warning title_unusual MSC4000: A thing"],
    [4000, "  MSC4000 :  A   thing", "warning title_unusual MSC4000: A thing"],
    [4000, "4000: A thing", "warning title_unusual MSC4000: A thing"],
    [4000, "MSC to remove things", "problem title_without_number MSC4000: MSC to remove things"],
    [4000, "1:1 rooms", "problem title_without_number MSC4000: 1:1 rooms"],
    [4000, "[WIP] MSC4000: A thing", "warning title_unfinished MSC4000: A thing"],
    [4000, "WIP: MSC4000: A thing", "warning title_unfinished MSC4000: A thing"],
    [4000, "[WIP] A thing", "problem title_without_number MSC4000: A thing"],
  ])("form.check: of pull request %i, %s", (number, title, finding) => {
    expect(titled(number, title)).toEqual([finding]);
  });

  test.each([
    "[WIP] MSC3929: <Draft PR> of things",
    "MSC3929: A thing",
    "[Draft] MSC3929: A thing",
    "WIP: MSC3929: A thing",
  ])("form.check: a draft may be called %s", (title) => {
    expect(titled(3929, title, { draft: true })).toEqual([]);
  });

  test("form.check: a title without words gets those of the file's name, or has to have some", () => {
    expect(found("title", named("proposals/4000-soft-logout.md", { title: "MSC4000" }))).toEqual([
      "warning title_unusual MSC4000: Soft logout",
    ]);
    expect(found("title", named("proposals/4000.md", { title: "MSC4000:" }))).toEqual([
      "warning title_unusual MSC4000: Title",
    ]);
    expect(found("file-name", named("proposals/4000.md", { title: "MSC4000:" }))).toEqual([
      "warning unusual_name proposals/4000-name.md",
    ]);
  });

  test("form.check: the mark of what is unfinished stays in a draft whose number is put right", () => {
    expect(titled(3929, "[WIP] A thing", { draft: true })).toEqual([
      "problem title_without_number [WIP] MSC3929: A thing",
    ]);
  });

  test.each([
    ["RFC", "RFC4000: Words", []],
    ["PEP ", "PEP 4000: Words", []],
    ["BIP-", "BIP-4000: Words", []],
    ["RFC", "MSC4000: Words", ["problem title_without_number RFC4000: MSC4000: Words"]],
    [null, "Whatever it is about", []],
    [null, "[WIP] Whatever", ["warning title_unfinished Whatever"]],
  ])("form.check: the word before the number is the body's own: %s, %s", (prefix, title, findings) => {
    expect(titled(4000, title, { prefix })).toEqual(findings);
  });
});

describe("first headings", () => {
  const headed = (text: string, over: Partial<FormFacts> = {}) => found("heading", saying(text, over));
  const long = `# MSC4000: A thing\n\n${"Words and words.\n".repeat(2600)}`;

  test.each([
    ["# MSC4000: A thing\n"],
    ["\ufeff# MSC4000: A thing\r\n\r\nWords.\r\n"],
    ["<!-- the template -->\n<!--\n# Not this\n-->\n\n# MSC4000: Ein Ding für Räume 空間 #\n"],
    ["```\n# not this\n```\n# MSC4000: A thing\n"],
    ["````\n```\n# not this\n~~~~\n````\n# MSC4000: A thing\n"],
    ["~~~ text\n# not this\n~~\n~~~~\n# MSC4000: A thing\n"],
    ["```not a fence``` at all\n\n# MSC4000: A thing\n"],
    ["    # not this\n\n    # nor this\n\n# MSC4000: A thing\n"],
    ["- not this\n---\n\n# MSC4000: A thing\n"],
    ["#not this\n\n# MSC4000:   A thing\n"],
    ["Words <!-- and\n# not this\n--> # nor this\n\n# MSC4000: A thing ##\n"],
    ["MSC4000: A thing\n=====\n"],
    [long],
    [`# MSC4000: A thing\n\n${"x".repeat(400)}\n`],
  ])("form.check: %j is right", (text) => {
    expect(headed(text)).toEqual([]);
  });

  test.each([
    ["# A thing\n", "problem heading_without_number # MSC4000: A thing"],
    ["# MSCXXXX: A thing\r\n", "problem heading_without_number # MSC4000: A thing"],
    ["# MSC3999: A thing\n", "problem heading_of_another # MSC4000: A thing"],
    ["# MSC4000 - A thing\n", "warning heading_unusual # MSC4000: A thing"],
    ["## MSC4000: A thing\n", "warning heading_unusual # MSC4000: A thing"],
    ["# [WIP] MSC4000: A thing\n", "warning heading_unusual # MSC4000: A thing"],
    ["Words without a heading.\n", "problem no_heading # MSC4000: A thing"],
    ["", "problem no_heading # MSC4000: A thing"],
    ["## Introduction\n\nWords.\n", "problem no_heading # MSC4000: A thing"],
    ["Introduction\n---\n", "problem no_heading # MSC4000: A thing"],
    ["#\n", "problem heading_without_number # MSC4000: A thing"],
  ])("form.check: %j", (text, finding) => {
    expect(headed(text)).toEqual([finding]);
  });

  test("form.check: its line is told, counted in a text with CRLF too", () => {
    expect(formFindings(saying("\r\n\r\n# A thing\r\n"), ["heading"])[0]).toMatchObject({
      path: "proposals/4000-a-thing.md",
      line: 3,
    });
  });

  test("form.check: where numbers have no word before them, any heading will do", () => {
    expect(headed("# A thing\n", { prefix: null })).toEqual([]);
    expect(headed("Words.\n", { prefix: null })).toEqual(["problem no_heading # MSC4000: A thing"]);
  });
});

describe("the rendered link", () => {
  const FORK = "https://github.com/author/matrix-spec-proposals";
  const BASE = "https://github.com/matrix-org/matrix-spec-proposals";
  const FILE = "proposals/4000-a-thing.md";
  const linked = (
    description: string,
    over: Partial<ReturnType<typeof formRead>> = {},
    more: Partial<FormFacts> = {},
  ) => found("rendered", formOf({ read: formRead({ description, ...over }), ...more }));

  test.each([
    `[Rendered](${FORK}/blob/a-thing/${FILE})`,
    `Rendered: ${FORK}/blob/a-thing/${FILE}.`,
    `<${FORK}/blob/a-thing/${FILE}>`,
    `[r]: ${FORK}/blob/a-thing/${FILE}`,
    `[Rendered](${FORK}/blob/refs/heads/a-thing/${FILE})`,
    `[Rendered](http://www.GitHub.com/Author/Matrix-Spec-Proposals/blob/a-thing/${FILE}?plain=1#L10)`,
    `[Rendered](https://github.com/author/matrix-doc/blob/a-thing/${FILE})`,
    `[Rendered](${FORK}/blob/${HEAD}/${FILE})`,
    `[Rendered](${BASE}/blob/${HEAD}/${FILE})`,
    `[Rendered](${BASE}/blob/${HEAD.slice(0, 8)}/${FILE})`,
    `[Rendered](${FORK}/tree/a-thing/${FILE})`,
    `[Rendered](${BASE}/blob/${HEAD.slice(0, 7)}/${FILE}/)`,
  ])("form.check: %s shows the head", (description) => {
    expect(linked(description)).toEqual([]);
  });

  test.each([
    "",
    "No link.",
    `[Rendered](${FORK}/blob/main/${FILE})`,
    `[Rendered](${BASE}/blob/a-thing/${FILE})`,
    `[Rendered](${FORK}/blob/a-thing/proposals/xxxx-a-thing.md)`,
    `[Rendered](${FORK}/blob/${"c".repeat(40)}/${FILE})`,
    `<!-- [Rendered](${FORK}/blob/a-thing/${FILE}) -->`,
    `\`\`\`\n${FORK}/blob/a-thing/${FILE}\n\`\`\``,
    `[Rendered](https://evil.example/author/matrix-spec-proposals/blob/a-thing/${FILE})`,
    `[Rendered](${BASE}/pull/4000/files)`,
    `[Rendered](${FORK}/raw/a-thing/${FILE})`,
    `[Rendered](${BASE}/blob/${HEAD.slice(0, 6)}/${FILE})`,
    `[Rendered](${BASE}/blob/${"c".repeat(8)}/${FILE})`,
    `[Rendered](https://github.com/stranger/matrix-spec-proposals/blob/${HEAD}/${FILE})`,
  ])("form.check: %s does not", (description) => {
    expect(linked(description)).toEqual([`problem no_link ${FORK}/blob/a-thing/${FILE}`]);
  });

  test.each([
    ["feature/a(b)", `${FORK}/blob/feature/a(b)/${FILE}`, `${FORK}/blob/feature/a%28b%29/${FILE}`],
    ["räume/1", `${FORK}/blob/r%C3%A4ume%2F1/${FILE}`, `${FORK}/blob/r%C3%A4ume/1/${FILE}`],
    ["50%", `${FORK}/blob/50%25/${FILE}`, `${FORK}/blob/50%25/${FILE}`],
  ])("form.check: a branch called %s", (branch, url, offered) => {
    expect(linked(`[Rendered](${url})`, { branch })).toEqual([]);
    expect(linked("", { branch })).toEqual([`problem no_link ${offered}`]);
  });

  test("form.check: from a branch of the repository itself", () => {
    const home = { headRepository: "matrix-org/matrix-spec-proposals" };
    expect(linked(`[Rendered](${BASE}/blob/a-thing/${FILE})`, home)).toEqual([]);
  });

  test("form.check: once merged, a commit of the default branch will do, and the head's will not", () => {
    const merged = { merged: true };
    expect(linked(`[Rendered](${BASE}/blob/${"d".repeat(40)}/${FILE})`, {}, merged)).toEqual([]);
    expect(linked(`[Rendered](${BASE}/blob/${HEAD}/${FILE})`, {}, merged)).toHaveLength(1);
    expect(linked(`[Rendered](${BASE}/blob/other/${FILE})`, {}, merged)).toHaveLength(1);
    expect(linked(`[Rendered](${FORK}/blob/main/${FILE})`, {}, merged)).toHaveLength(1);
  });

  test("form.check: where the fork is gone, by the commit", () => {
    expect(linked("", { headRepository: null })).toEqual([`problem no_link ${BASE}/blob/${HEAD}/${FILE}`]);
    expect(linked(`[Rendered](${BASE}/blob/${HEAD}/${FILE})`, { headRepository: null })).toEqual([]);
  });

  test("form.check: the link that is offered has the name the file will have", () => {
    const facts = named("proposals/xxxx-thing.md");
    const zeros = named("proposals/04000-thing.md");
    expect(found("rendered", zeros)).toEqual([
      `problem no_link ${FORK}/blob/a-thing/proposals/04000-thing.md`,
    ]);
    const unusual = named("proposals/4000_thing.md");
    expect(found("rendered", unusual)).toEqual([
      `problem no_link ${FORK}/blob/a-thing/proposals/4000_thing.md`,
    ]);
    expect(found("rendered", facts)).toEqual([
      `problem no_link ${FORK}/blob/a-thing/proposals/4000-thing.md`,
    ]);
  });

  test("form.check: once merged, it shows the default branch, and nothing else is looked at any more", () => {
    const merged = { merged: true, title: "Whatever" };
    expect(linked(`[Rendered](${FORK}/blob/a-thing/${FILE})`, {}, merged)).toEqual([
      `warning link_not_merged ${BASE}/blob/main/${FILE}`,
    ]);
    const facts = formOf({
      ...merged,
      filesCutOff: true,
      others: ["a.png"],
      read: formRead({ description: `[Rendered](${BASE}/blob/main/${FILE})`, signedOff: "nowhere" }),
    });
    expect(formFindings(facts)).toEqual([]);
  });
});

describe("sign-off", () => {
  test.each([
    "Signed-off-by: Ada Lovelace <ada@engine.org>",
    "words\n\nSigned-off-by: Ada <ada@engine.org>\r\n",
    "signed-off-by: Ada (she/her) <ada+dco@users.noreply.github.com>",
    "Signed-off-by: Be Your Own <be@own.org>",
    "Signed-off-by: 山田 太郎 <taro@mail.jp>",
  ])("form.sign-off: %j is one", (text) => {
    expect(signsOff(text)).toBe(true);
  });

  test.each([
    "Signed-off-by: Your Name <your@email.example.org>",
    "Signed-off-by:",
    "Signed-off-by: Ada",
    "> Signed-off-by: Ada <ada@engine.org>",
    "I have not written Signed-off-by: Ada <ada@engine.org>",
    "- [ ] Pull request includes a [sign off](https://…)",
  ])("form.sign-off: %j is none", (text) => {
    expect(signsOff(text)).toBe(false);
  });

  const signed = (over: Partial<ReturnType<typeof formRead>>, more: Partial<FormFacts> = {}) =>
    found("sign-off", formOf({ read: formRead({ signedOff: "nowhere", ...over }), ...more }));

  test("form.sign-off: one is enough: in a commit, a comment, the description, or in private", () => {
    expect(signed({})).toEqual(["problem not_signed_off"]);
    expect(signed({ signedOff: "commit" })).toEqual([]);
    expect(signed({ signedOff: "comment" })).toEqual([]);
    expect(signed({ description: "Signed-off-by: Ada <ada@engine.org>" })).toEqual([]);
    expect(signed({}, { privately: true })).toEqual([]);
  });

  test("form.sign-off: what a template has in a comment of HTML is nobody's", () => {
    const hidden = "<!--\nSigned-off-by: Ada <ada@engine.org>\n-->";
    expect(signed({ description: hidden })).toEqual(["problem not_signed_off"]);
    expect(signed({ description: `${hidden}\nSigned-off-by: Ada <ada@engine.org>` })).toEqual([]);
  });

  test("form.sign-off: in more commits than are read it may be: that is not known, and no pass", () => {
    expect(signed({ signedOff: "unknown" })).toEqual(["unknown unknown"]);
    expect(signed({ signedOff: "unknown", description: "Signed-off-by: Ada <ada@engine.org>" })).toEqual([]);
  });
});

describe("one proposal, and images", () => {
  test("form.check: of two texts the one with the number stays", () => {
    const facts = formOf({ added: ["proposals/3999-b.md", "proposals/4000-a-thing.md"] });
    expect(formFindings(facts, ["one-proposal"])[0]?.fault).toEqual({
      code: "several_texts",
      kept: "proposals/4000-a-thing.md",
      moved: ["proposals/3999-b.md"],
    });
  });

  test.each([
    ["proposals/diagram.png", "problem image_elsewhere proposals/images/diagram.png"],
    ["images/4000.SVG", "problem image_elsewhere proposals/images/4000.SVG"],
  ])("form.check: %s lies elsewhere", (path, finding) => {
    expect(found("images", formOf({ others: [path] }))).toEqual([finding]);
  });

  test.each(["proposals/images/4000-a.png", "proposals/images/4000/a.jpeg", "tools/run.py"])(
    "form.check: %s lies where it should",
    (path) => {
      expect(found("images", formOf({ others: [path] }))).toEqual([]);
    },
  );

  test("form.check: where GitHub does not list all files, neither is known", () => {
    const facts = formOf({ filesCutOff: true });
    expect([found("images", facts), found("one-proposal", facts)]).toEqual([
      ["unknown unknown"],
      ["unknown unknown"],
    ]);
  });
});

describe("line length", () => {
  const lines = (text: string) => formFindings(saying(text), ["line-length"]);
  const words = (length: number) =>
    "word "
      .repeat(Math.ceil(length / 5))
      .slice(0, length - 1)
      .padEnd(length, "d");

  test("form.check: 120 characters are kept, 121 are not", () => {
    expect(lines(words(120))).toEqual([]);
    expect(lines(`\r\n${words(121)}\r\n`)).toMatchObject([
      { line: 2, fault: { code: "long_line", length: 121 } },
    ]);
  });

  test("form.check: characters are counted, not units or bytes", () => {
    expect(lines("😀 ".repeat(60))).toEqual([]);
    expect(lines("😀 ".repeat(61))).toMatchObject([{ fault: { length: 122 } }]);
  });

  const URL = `https://example.org/${"a".repeat(130)}`;
  test.each([
    ["a table", `| a | ${words(130)} | b |`],
    ["a table without bars around it", `a | ${words(130)} | b`],
    ["a heading", `# ${words(130)}`],
    ["a link", `See [this](${URL}) for more words`],
    ["the target of a link", `[this]: ${URL} "${words(20)}"`],
    ["an address alone", `- ${URL}`],
    ["code in a line", `Then \`${words(130)}\` is sent`],
    ["fenced code", `\`\`\`json\n${words(130)}\n\`\`\``],
    ["fenced code in a list", `- such:\n  ~~~\n  ${words(130)}\n  ~~~`],
    ["indented code", `Words.\n\n    ${words(130)}`],
    ["one long word", "a".repeat(200)],
    ["a long word and blanks", `  ${"a".repeat(200)}   `],
    ["a word that only a list makes too long", `- ${"a".repeat(119)} b`],
    ["code below a numbered item", `10. such:\n\n    \`\`\`\n    ${words(130)}\n    \`\`\``],
  ])("form.check: %s cannot be wrapped", (_, text) => {
    expect(lines(text)).toEqual([]);
  });

  test.each([
    ["an item of a list", `- ${words(130)}`],
    ["what goes on below one", `- such:\n\n    ${words(130)}`],
    ["a quote", `> ${words(130)}`],
    ["a word that just fits beside the mark of a list", `- ${"a".repeat(118)} b`],
    ["what goes on below a numbered item", `10. such:\n\n    ${words(130)}`],
    ["what goes on in a paragraph", `Words\n    ${words(130)}`],
    ["what stands behind a list", `- such\n\nWords.\n${words(130)}`],
    ["a formula of one bar", `Either a | ${words(130)}`],
    ["a line with a short link", `${words(120)} [this](https://example.org)`],
  ])("form.check: %s can", (_, text) => {
    expect(lines(text)).toHaveLength(1);
  });

  test("form.check: twenty lines are shown at their place, of the others the number is told", () => {
    const findings = lines(`${words(130)}\n`.repeat(25));
    expect(findings).toHaveLength(21);
    expect(findings.at(-1)?.fault).toEqual({ code: "more_long_lines", count: 5 });
    expect(formTitle(findings)).toBe("1 thing to look at");
    expect(lines(`${words(130)}\n`.repeat(20))).toHaveLength(20);
  });
});

describe("what is not known", () => {
  test("form.check: what was not read is told, and never a pass", () => {
    const findings = formFindings(formOf({ read: null }));
    expect(findings.map(({ check, severity }) => [check, severity])).toEqual([
      ["heading", "unknown"],
      ["rendered", "unknown"],
      ["sign-off", "unknown"],
      ["line-length", "unknown"],
    ]);
    expect(formTitle(findings)).toBe("1 thing not known");
  });

  test.each(["too_large", "not_text", "too_many", "not_there"] as const)(
    "form.check: a text that is %s",
    (unread) => {
      const facts = formOf({ read: formRead({ texts: [{ path: "proposals/4000-a-thing.md", unread }] }) });
      expect(formFindings(facts).map(({ check, severity }) => `${check} ${severity}`)).toEqual([
        "heading unknown",
        "line-length unknown",
      ]);
    },
  );
});

describe("whose form is looked at", () => {
  const on = rules({ form: FORM_CHECK_KEYS, prefix: "MSC" });

  test("form.check: a pull request that only mends old proposals is left alone", () => {
    for (const change of ["modified", "removed", "renamed"] as const) {
      const w = world({ rules: on, files: [{ path: "proposals/1-old.md", change }] });
      expect(formFacts(w.snapshot(), on)).toBeNull();
    }
    const w = world({ rules: on, files: [{ path: "README.md", change: "added" }] });
    expect(formFacts(w.snapshot(), on)).toBeNull();
  });

  test("form.check: the folders are the config's own", () => {
    const elsewhere = rules({ form: FORM_CHECK_KEYS, proposalPaths: ["standards/**"] });
    const w = world({ rules: elsewhere, files: [{ path: "standards/a/thing.md", change: "added" }] });
    expect(
      formFacts(
        {
          ...w.snapshot(),
          files: [
            ...w.files,
            { path: "standards/z.png", change: "modified" },
            { path: "b.png", change: "added" },
          ],
        },
        elsewhere,
      )?.others,
    ).toEqual(["b.png"]);
    expect(formFacts(w.snapshot(), elsewhere)).toMatchObject({
      added: ["standards/a/thing.md"],
      folders: ["standards"],
      prefix: null,
    });
  });

  test("form.check: an amendment that switches it on says so in the config's words", () => {
    const said = differences(rules(), rules({ form: ["title", "sign-off"], prefix: "MSC" }), new Map()).map(
      changeSentence,
    );
    expect(said).toEqual(["add **form**: “title, sign-off”", "add **prefix**: “MSC”"]);
  });

  test("form.check: a closed pull request has none; a merged one only where the clerk kept a register of it", () => {
    const w = world({ rules: on });
    w.reconcile();
    w.close("author");
    expect(formFacts(w.snapshot(), on)).toBeNull();
    w.merge("richvdh");
    expect(formFacts({ ...w.snapshot(), register: null }, on)).toBeNull();
  });
});

describe("a sign-off in private", () => {
  const on = rules({ form: ["sign-off"] });
  const read = formRead({ signedOff: "nowhere" });
  /** What the form check would say of its sign-off now. */
  const left = (w: World) => {
    const facts = formFacts({ ...w.snapshot(), form: read }, on);
    return facts === null ? null : formFindings(facts, ["sign-off"]).length;
  };

  test("form.sign-off: a member says that the author has signed off in private, and it outlives a push", () => {
    const w = world({ rules: on });
    w.reconcile();
    expect(left(w)).toBe(1);
    w.say("dbkr", "@mscbot signoff private");
    const decision = w.reconcile();
    expect(decision.register.signedOffPrivately?.by.login).toBe("dbkr");
    expect(decision.register.pendingReplies.at(-1)?.reactions).toEqual(["thumbsUp"]);
    w.push("c".repeat(40));
    w.reconcile();
    expect(left(w)).toBe(0);
  });

  test("form.sign-off: the look that hears of it shows it", () => {
    const w = world({ rules: on });
    w.say("dbkr", "@mscbot signoff private");
    const wanted = plansOf({ ...w.snapshot(), form: read }, on, w.now).find(
      ({ kind }) => kind === "put_form",
    );
    expect(wanted).toMatchObject({ verdict: "success" });
  });

  test("form.sign-off: said twice, the first stays", () => {
    const w = world({ rules: on });
    w.say("dbkr", "@mscbot signoff private");
    w.reconcile();
    w.say("richvdh", "@mscbot sign-off privately");
    expect(w.reconcile().register.signedOffPrivately?.by.login).toBe("dbkr");
  });

  test("form.sign-off: neither the author nor a stranger says it", () => {
    const w = world({ rules: on });
    w.say("author", "@mscbot signoff private");
    w.say(OUTSIDER, "@mscbot signoff private");
    const decision = w.decide();
    expect(decision.verdicts.map(({ why }) => why?.code)).toEqual(["not_a_member", "not_a_member"]);
    expect(left(w)).toBe(1);
  });

  test("form.sign-off: on a draft, in a motion and after FCP; not where it has ended", () => {
    const draft = world({ rules: on, draft: true });
    draft.say("dbkr", "@mscbot signoff private");
    expect(draft.decide().register.signedOffPrivately).toBeDefined();
    const ended = world({ rules: on });
    ended.close("author");
    ended.say("dbkr", "@mscbot signoff private");
    expect(ended.decide().register.signedOffPrivately).toBeUndefined();
    expect(refusalOf(ended.decide(), "dbkr")).toBe("ended");
  });

  test("form.sign-off: where the config does not ask for it, the words are unknown, as they always were", () => {
    const w = world();
    w.say("dbkr", "@mscbot signoff private");
    const decision = w.decide();
    expect(decision.register.signedOffPrivately).toBeUndefined();
    expect(decision.verdicts.at(-1)?.why).toEqual({
      code: "unknown_command",
      said: "signoff private",
      nearest: null,
    });
    // Judged once: switching the check on later revives nothing (act.once).
    w.reconcile();
    w.rules = on;
    expect(w.decide().register.signedOffPrivately).toBeUndefined();
  });
});

describe("the run that is wanted", () => {
  const on = rules({ form: FORM_CHECK_KEYS, prefix: "MSC" });
  const head = { path: "proposals/1234-thing.md", text: "# MSC1234: A thing\n" };
  const read = formRead({ texts: [head], description: "", signedOff: "commit" });
  const planned = (w: World, form: FormRead = read) => plansOf({ ...w.snapshot(), form }, w.rules, w.now);

  test("form.check: it is advice: neutral with findings, success with none, and it never carries the record", () => {
    const w = world({ rules: on });
    w.reconcile();
    const [action, ...others] = planned(w);
    expect(others).toEqual([]);
    expect(action).toMatchObject({ kind: "put_form", verdict: "neutral", title: "1 thing to change" });
    expect(JSON.stringify(action)).not.toContain("record");
    expect(planned(w, { ...read, description: LINK })).toMatchObject([{ verdict: "success" }]);
    expect(planned(w, { kind: "unread", retryAt: 1, shown: null })).toMatchObject([
      { verdict: "neutral", title: "1 thing not known" },
    ]);
  });

  test("form.check: what stands already is not written again; and something else is", () => {
    const w = world({ rules: on });
    w.reconcile();
    const [action] = planned(w);
    if (action?.kind !== "put_form") throw new Error("a form check was wanted");
    const { verdict, title, summary } = action;
    const shown = { id: 1, verdict, title, summary: summary.replaceAll("\n", "\r\n") };
    expect(planned(w, { ...read, shown })).toEqual([]);
    for (const other of [
      { verdict: "success" },
      { title: "x" },
      { summary: "x" },
      { verdict: "other" },
    ] as const)
      expect(planned(w, { ...read, shown: { ...shown, ...other } })).toHaveLength(1);
  });

  test("form.check: the decision's check, labels and comments are the same with it and without", () => {
    const without = proposed();
    const w = proposed({ rules: on });
    expect(w.check).toEqual(without.check);
    expect(w.ownComments.map(({ body }) => body)).toEqual(without.ownComments.map(({ body }) => body));
    const decision = decide({ ...w.snapshot(), form: read }, w.rules, w.now);
    expect(decision.check).toBe(w.decide().check);
    expect(decision.register).toEqual(w.decide().register);
  });

  test("form.check: with the key off there is none, whatever was read", () => {
    const w = world();
    w.reconcile();
    expect(planned(w)).toEqual([]);
  });

  test("form.check: a merged pull request has it for its link only, where that is looked at", () => {
    const w = proposed({ rules: on });
    w.merge("richvdh");
    w.reconcile();
    expect(planned(w)).toMatchObject([{ kind: "put_form", title: "1 thing to look at" }]);
    w.rules = rules({ form: ["title"] });
    expect(planned(w)).toEqual([]);
  });

  test("form.check: what could not be read is looked at again when it says so", () => {
    const w = world({ rules: on });
    const form = { kind: "unread", retryAt: w.now + 5, shown: null } as const;
    expect(evaluate({ ...w.snapshot(), form }, on, w.now).nextCheckAt).toBe(w.now + 5);
    expect(evaluate({ ...w.snapshot(), form: read }, on, w.now).nextCheckAt).not.toBe(w.now + 5);
  });
});

describe("the texts", () => {
  const failing = formOf({
    title: "A @thing for #1 <b>",
    added: ["proposals/xxxx-it's `a` thing.md", "proposals/b.md"],
    others: ["proposals/a.png"],
    read: formRead({
      description: "",
      branch: "x](evil)",
      signedOff: "nowhere",
      texts: [
        {
          path: "proposals/xxxx-it's `a` thing.md",
          text: `Words @all\n\n# Another [thing](x) @team\n\n${"word ".repeat(30)}\n`,
        },
        { path: "proposals/b.md", unread: "too_large" },
      ],
    }),
  });

  test("form.check: every finding of one proposal, as it is read", () => {
    const findings = formFindings(failing);
    expect(formTitle(findings)).toMatchInlineSnapshot(`"8 things to change, 1 to look at, 1 not known"`);
    expect(formSummary(findings, failing, FORM_CHECK_KEYS)).toMatchInlineSnapshot(`
      "Advice on the form of pull request 4000. It decides nothing.

      **To change**

      - **File name**: \`\`proposals/xxxx-it's \`a\` thing.md\`\` does not carry its number yet, which is that of this pull request: 4000.
        Rename it: \`\`git mv 'proposals/xxxx-it'\\''s \`a\` thing.md' proposals/4000-it-s-a-thing.md\`\`
      - **File name**: \`proposals/b.md\` does not carry its number yet, which is that of this pull request: 4000.
        Rename it: \`git mv proposals/b.md proposals/4000-b.md\`
      - **Title**: The title does not begin with the number of this pull request.
        Change it to: \`MSC4000: A @thing for #1 <b>\`
      - **First heading**: The first heading of \`\`proposals/xxxx-it's \`a\` thing.md\`\` does not begin with the number of this pull request.
        Change it to: \`# MSC4000: Another [thing](x) @team\`
      - **Rendered link**: The description does not link the text as it stands at the head of this pull request.
        Put this into the description, once the file is renamed: \`[Rendered](https://github.com/author/matrix-spec-proposals/blob/x%5D%28evil%29/proposals/4000-it-s-a-thing.md)\`
      - **Sign-off**: The author has not signed this off: in no commit, not in the description, and in no comment of theirs.
        Write this line there, with your own name and address: \`Signed-off-by: Your Name <you@your.mail>\`. Who would rather not sign off in public can tell the team: a member then says \`signoff private\` to the clerk.
      - **One proposal**: It adds 2 proposals, and one pull request is for one.
        Keep \`\`proposals/xxxx-it's \`a\` thing.md\`\`, and open another pull request for each of the others: \`git rm --cached proposals/b.md\`
      - **Images**: \`proposals/a.png\` is an image that does not lie in the folder for them.
        Move it, and change what links it: \`git mv proposals/a.png proposals/images/a.png\`

      **Worth a look**

      - **Line length**: \`\`proposals/xxxx-it's \`a\` thing.md\`\` has over 120 characters in line 5.
        Wrap it at 120; what cannot be wrapped is not counted.

      **Not known**

      - **First heading**, **Line length**: \`proposals/b.md\`: the text is longer than the clerk reads.

      <sub>Looked at: file name, title, first heading, rendered link, sign-off, one proposal, images and line length.</sub>"
    `);
    expect(
      findings.filter(({ line }) => line !== null).map((one) => findingLine(one, failing)),
    ).toMatchInlineSnapshot(`
      [
        "The first heading of proposals/xxxx-it's \`a\` thing.md does not begin with the number of this pull request. Change it to: # MSC4000: Another [thing](x) @team",
        "This line has 150 characters. Wrap it at 120.",
      ]
    `);
  });

  test("form.check: nothing to change", () => {
    expect(formSummary([], formOf(), ["title", "sign-off"])).toMatchInlineSnapshot(`
      "The form of pull request 4000 is as it should be.

      <sub>Looked at: title and sign-off.</sub>"
    `);
  });

  test("form.check: what could not be read", () => {
    const facts = formOf({ read: null });
    expect(formSummary(formFindings(facts), facts, FORM_CHECK_KEYS)).toMatchInlineSnapshot(`
      "Advice on the form of pull request 4000. It decides nothing.

      **Not known**

      - **First heading**, **Rendered link**, **Sign-off**, **Line length**: GitHub did not tell it just now. The clerk asks again in ten minutes.

      <sub>Looked at: file name, title, first heading, rendered link, sign-off, one proposal, images and line length.</sub>"
    `);
  });
});

describe("whatever people write", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc
      .array(
        fc.constantFrom(
          "# ",
          "MSC",
          "4000",
          ": ",
          "\r\n",
          "\n",
          "`",
          "```",
          "~~~",
          "<!--",
          "-->",
          "|",
          "\t",
          "    ",
          "- ",
          "é",
          "😀",
          "\ud800",
          "https://github.com/",
          "(",
          ")",
          "word ",
          "[WIP] ",
        ),
        {
          maxLength: 200,
        },
      )
      .map((parts) => parts.join("")),
  );

  test("form.check: it comes to findings, whose texts hold no mention and no line of their own", () => {
    fc.assert(
      fc.property(text, text, text, text, fc.boolean(), (title, path, body, branch, draft) => {
        const facts = formOf({
          title,
          draft,
          added: [path],
          others: [`${path}.png`],
          read: formRead({ description: body, branch, signedOff: "nowhere", texts: [{ path, text: body }] }),
        });
        const findings = formFindings(facts);
        const summary = formSummary(findings, facts, FORM_CHECK_KEYS);
        expect(
          summary.split("\n").every((line) => /^(?:$|- \*\*|\*\*| {2}[A-Z]|Advice|<sub>)/.test(line)),
        ).toBe(true);
        for (const finding of findings) expect(findingLine(finding, facts)).not.toMatch(/[\r\n]/);
        // The same again: nothing of it hangs on chance.
        expect(formFindings(facts)).toEqual(findings);
      }),
      { numRuns: 300 },
    );
  });
});
