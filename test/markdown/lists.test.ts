import { describe, expect, test } from "vitest";
import { implementationLinks } from "../../src/markdown/implementationLinks.js";
import { taskItems } from "../../src/markdown/taskItems.js";

describe("taskItems", () => {
  test("gate.begin: items with boxes, ticked or not, in lists of any kind, with how far each is indented", () => {
    const text = [
      "# Checklist",
      "- [ ] Are [implementations](https://a.example/b) linked?",
      "- [x] For each endpoint:",
      "    - [ ] Is `errcode` said?",
      "        * [X] deeper",
      "",
      "    1. [ ] numbered",
      "- no box",
      "- [ ]",
      "- [] none",
      "+ [ ] goes on",
      "  in a second line",
      "",
      "Not this - [ ] one",
    ].join("\r\n");
    expect(taskItems(text)).toEqual([
      { text: "Are implementations linked?", depth: 0 },
      { text: "For each endpoint:", depth: 0 },
      { text: "Is `errcode` said?", depth: 1 },
      { text: "deeper", depth: 2 },
      { text: "numbered", depth: 1 },
      { text: "goes on in a second line", depth: 0 },
    ]);
  });

  test("gate.begin: nothing in fenced code or in an HTML comment is an item", () => {
    const text =
      "```\n- [ ] a\n```\n<!--\n- [ ] b\n-->\n~~~~\n- [ ] c\n~~~\n- [ ] d\n~~~~\n- [ ] e <!-- x -->\n<!-- - [ ] f";
    expect(taskItems(text)).toEqual([{ text: "e", depth: 0 }]);
    expect(taskItems("")).toEqual([]);
  });

  test("gate.begin: it takes time in proportion to the text", () => {
    const texts = [
      "- [ ] [".repeat(9000),
      `- [ ] ${"[a](".repeat(16_000)}`,
      "<!--".repeat(16_000),
      "    - [ ] x\n".repeat(5000),
      `${" ".repeat(60_000)}- [`,
    ];
    const begun = performance.now();
    for (const text of texts) taskItems(text);
    expect(performance.now() - begun).toBeLessThan(1500);
  });
});

describe("implementationLinks", () => {
  test("gate.begin: what stands under a heading of that name, up to the next", () => {
    expect(
      implementationLinks(
        "Intro https://no.example\n\n## Implementations\n\n- Synapse: https://a.example/1.\n\n- [web](https://b.example/2)\n<!-- https://c.example -->\n### Other\nhttps://d.example\n# Client implementation\n<https://e.example>",
      ),
    ).toEqual(["https://a.example/1", "https://b.example/2", "https://e.example"]);
  });

  test("gate.begin: or on a line that begins so, up to the next empty one", () => {
    expect(
      implementationLinks(
        "**Implementation:** https://a.example\nhttps://b.example\n\nhttps://c.example\nNo implementation: https://d.example\n\n- Implementations: none",
      ),
    ).toEqual(["https://a.example", "https://b.example"]);
  });

  test("gate.begin: twenty of them at most, and none that is longer than a link needs", () => {
    const many = Array.from({ length: 30 }, (_, at) => `https://a.example/${at}`).join(" ");
    expect(implementationLinks(`# Implementation\n${many}`)).toHaveLength(20);
    expect(implementationLinks(`# Implementation\nhttps://a.example/${"x".repeat(300)}`)).toEqual([]);
  });

  test("gate.begin: one that a stranger makes slow to read is read at once", () => {
    const from = process.cpuUsage().user;
    expect(implementationLinks(`Implementation: https://a.example/${"!".repeat(400_000)}x`)).toEqual([]);
    expect((process.cpuUsage().user - from) / 1000).toBeLessThan(2000);
  });
});
