import { describe, test } from "vitest";
import { boxesOf } from "../../src/domain/acts/boxes.js";
import { parseLegacyStatus } from "../../src/domain/acts/legacy.js";
import { parseCommands } from "../../src/domain/acts/parseCommands.js";
import { formFindings } from "../../src/domain/form/formFindings.js";
import { signsOff } from "../../src/domain/form/signOff.js";
import { dependenciesNamed } from "../../src/domain/gates/named.js";
import { escaped } from "../../src/domain/messages/escape.js";
import { formSummary } from "../../src/domain/messages/form.js";
import { FORM_CHECK_KEYS } from "../../src/domain/model/form.js";
import { proposalsNamed } from "../../src/domain/spec/named.js";
import { fold } from "../../src/domain/text/fold.js";
import { implementationLinks } from "../../src/markdown/implementationLinks.js";
import { formRead, saying } from "../support/form.js";
import { expectLinear } from "../support/growth.js";

/* Every expression that a stranger's text reaches, on the texts that make expressions slow: one piece again and again, and no end. */

const PIECES = [
  "\t",
  " ",
  "!",
  "a",
  "-",
  "@",
  ".",
  ",",
  ":",
  "/",
  "#",
  "$",
  "`",
  "*",
  "[",
  "~~",
  "~~a",
  "**",
  "\n",
  "a\n",
  " \n",
  "\r",
  "\u00a0",
  "\u0301",
  "a\u0301",
  "\u200b",
  "\u200d",
  "👩\u200d",
  "é",
  "<!--",
  "<!-- box ",
  "<!-- box a",
  "- [x] @a",
  "- [",
  "- [x] @a <!-- box a --> <!-- team a -->\n",
  "(https://",
  " (https://a",
  "http",
  "gh-",
  "www.",
  "1.",
  "as ",
  "fcp ",
  "Concerns:\n",
  "* a\n",
  "|",
  "> ",
  "```",
  "https://github.com/",
  "](",
  "-->",
  "Signed-off-by: ",
  "MSC",
  "[WIP] ",
  "0",
];
const NAMING = { prefix: "MSC", repositoryUrl: "https://github.com/o/r", repository: "o/r" };
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  "text that the clerk repeats": escaped,
  "text that is compared": fold,
  "boxes of a status comment": boxesOf,
  "an older bot's comment": (text) => [
    parseLegacyStatus(text),
    parseLegacyStatus(`Team member @x has proposed to merge this.\n\nConcerns:\n* ${text}`),
    parseLegacyStatus(`**This FCP proposal has been cancelled${text}`),
  ],
  "a command": (text) =>
    parseCommands(
      [
        "",
        " ",
        " reviewed as ",
        " reviewed as x",
        " reviewed",
        " concern",
        " resolve ",
        " fcp",
        " override finished",
        " xyz ",
      ].map((start) => `@mscbot${start}${text}`),
      ["mscbot"],
    ),
  "a proposal's form": (text) => {
    const facts = saying(`# MSC4000: ${text}\n\n${text}`, { title: text, added: [`proposals/${text}.md`] });
    const described = { ...facts, read: formRead({ description: `[Rendered](https://${text})\n${text}` }) };
    return [
      formSummary(formFindings(facts), facts, FORM_CHECK_KEYS),
      formFindings(described),
      signsOff(text),
    ];
  },
  "what it depends on": (text) =>
    [text, `# a${text}`, `# Dependencies\n${text}`, `Depends on: ${text}`].map((one) =>
      dependenciesNamed(one, NAMING),
    ),
  "implementations that it links": (text) =>
    [text, `# Implementation\nhttps://a${text}`, `Implementation: ${text}`].map(implementationLinks),
  "what a pull request of the specification names": (text) =>
    proposalsNamed(text, `Implements MSC1${text} MSC2`, { ...NAMING, words: ["implements"] }),
  "a mention": (text) => parseCommands([`@${text}`, `${text}@mscbot help`], ["mscbot"]),
};

describe("text of strangers is read in time in proportion to its length", () => {
  test.each(Object.entries(READERS))(
    "%s",
    (_, read) => {
      for (const piece of PIECES) {
        for (const end of ["", "x"]) {
          expectLinear((size) => piece.repeat(size / piece.length) + end, read, 65_536);
        }
      }
    },
    120_000,
  );
});
