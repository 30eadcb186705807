import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spokenLines } from "../../src/markdown/spokenLines.js";

const lines = (...said: readonly string[]) => said.join("\n");

describe("what a person says in their own voice", () => {
  it.each<[string, string, string[]]>([
    ["plain lines", "one\ntwo\n\nthree", ["one", "two", "three"]],
    ["CRLF and lone CR", "one\r\ntwo\r\n\r\nthree\rfour", ["one", "two", "three", "four"]],
    [
      "raw text, nothing rendered",
      "a *mut u8 &amp; `b` \\* <https://x.y/z> (v1.1).",
      ["a *mut u8 &amp; `b` \\* <https://x.y/z> (v1.1)."],
    ],
    ["list items", "- a\n  - b\n10) c\n* [x] d", ["a", "b", "c", "[x] d"]],
    ["headings", "# a #\n\nb\n---\nc", ["a", "b", "c"]],
    ["up to three columns in", "   a\n\n   b", ["a", "b"]],
    ["a paragraph that goes on four columns in", "a\n    b", ["a", "b"]],
    [
      "white space and what has no width at the start",
      "\ufeff\u00a0a\n\u200b\u2060 b\n\u202ac",
      ["a", "b", "c"],
    ],
    ["hard line breaks", "a\\\nb  \nc\\\\\nd\\", ["a", "b", "c\\\\", "d\\"]],
    ["after code, quote and rule", "```\nx\n```\na\n> x\n\nb\n***\nc", ["a", "b", "c"]],
    ["after a fence within a list item", "- ```\n  x\n  ```\n\n  a\n\nb", ["a", "b"]],
    ["a comment within a line", "a <!-- x --> b <!-- y -->", ["a   b"]],
    ["after a comment over two lines", "a <!-- x\ny --> b\nc", ["a", "c"]],
    [
      "in details, after a blank line and before",
      "<details>\n<summary>s</summary>\na\n\nb\n\n</details>\nc",
      ["<details>", "<summary>s</summary>", "a", "b", "</details>", "c"],
    ],
    ["after a quoting element is closed", "<blockquote>\n\nx\n\n</blockquote>\n\na", ["<blockquote>", "a"]],
    [
      "behind a link, with a link",
      'see [x](https://y)\na [b](c "d")',
      ["see [x](https://y)", 'a [b](c "d")'],
    ],
    ["brackets that are no link", "[a\nb]\nc", ["[a", "b]", "c"]],
    ["a lone backtick or tilde", "a ` b\nc ~ d\ne", ["a ` b", "c ~ d", "e"]],
    ["a list after a paragraph only from 1", "a\n2. b\n1. c", ["a", "2. b", "c"]],
    ["a table", "a | b\n--|--\nc | d", ["a | b", "--|--", "c | d"]],
  ])("%s", (_, body, said) => {
    expect(spokenLines(body)).toEqual(said);
  });
});

describe("what is not said", () => {
  it.each<[string, string]>([
    ["a fence", "```\n@x\n```"],
    ["a fence never closed", "```\n\n@x\n> a\n"],
    ["a fence closed by a shorter one", "````\n```\n@x\n````"],
    ["a fence with a language, tildes", "~~~ yaml\n@x\n```\n@x\n~~~"],
    ["a fence in a list", "- a\n  ```\n  @x\n  ```"],
    ["indented code", "    @x\n\n    @x"],
    ["code indented by a tab", "\t@x"],
    ["code in a list item", "- a\n\n      @x"],
    ["a quote", "> @x\n>\n> @x"],
    ["a quote that goes on without its mark", "> a\n@x\n@x"],
    ["a quote in a list, a list in a quote", "- > a\n  @x\n\n> - a\n@x"],
    ["nested quotes", ">>> @x"],
    ["an alert", "> [!NOTE]\n> @x"],
    ["a code span over lines", "`a\n@x\nb`"],
    ["a code span of several ticks", "``a ` b\n@x ` c\nd``"],
    ["a link's text over lines", "[a\n@x](https://y)"],
    ["a link's title over lines", '[a](https://y "b\n@x\nc")'],
    ["a picture's text over lines", "![a\n@x](https://y)"],
    ["a reference's text over lines", "[a\n@x][r]\n\n[r]: https://y"],
    ["a short reference over lines", "[a\n@x]\n\n[a @x]: https://y"],
    ["a link definition over lines", "[a]: https://y 'b\n@x\nc'\n\n[a\n@x\n]: https://y"],
    ["a comment over lines", "<!--\n@x\n\n@x -->"],
    ["a comment never closed", "<!-- a\n\n@x\n\n@x"],
    ["a comment begun within a line", "a <!-- b\n@x\n@x --> c"],
    ["behind the end of a comment", "<!-- a --> @x\n\na <!-- b\n--> @x"],
    ["a tag over lines", "a <b title='\n@x\n'>"],
    ["an instruction, a declaration", "<?a\n@x\n?>\n\n<!A\n@x\n>\n\n<![CDATA[\n@x\n]]>"],
    ["<pre>", "<pre>\n@x\n\n@x\n</pre>"],
    ["<blockquote> around paragraphs", "<blockquote>\n\n@x\n\n</blockquote>"],
    ["<blockquote> never closed", "<blockquote>\n\n@x\n\n- @x"],
    [
      "<blockquote> within a blockquote",
      "<blockquote><blockquote>\n\n@x\n\n</blockquote>\n\n@x\n\n</blockquote>",
    ],
    ["<code> around lines", "a <code>b\n@x\n</code>"],
    ["<a> around lines", "<a href='https://y'>\n\n@x\n\n</a>"],
    ["<del> around lines", "a <DEL>\n@x\n</del>"],
    [
      "<textarea>, <script>, <style>",
      "<textarea>\n@x\n</textarea>\n\n<script>\n\n@x\n</script>\n\n<style>\n@x\n</style>",
    ],
    ["struck out over lines", "~~a\n@x\nb~~"],
    [
      "Markdown's code or quotes within raw HTML",
      "<details>\n```\n@x\n```\n</details>\n\n<div>\n> a\n@x\n</div>\n\n<p>\n    @x\n</p>",
    ],
    ["behind a broken tag in raw HTML", '<div>\na <b title="\n@x\n</div>'],
    ["behind a tag that never ends", '<div title="\n\n@x\n\n@x'],
    ["a quote in a footnote that goes on without its mark", "[^1]:\n    > a\n@x"],
    ["four columns in below a table's head", "a | b\n--|--\n    @x"],
  ])("%s", (_, body) => {
    for (const line of spokenLines(body)) expect(line).not.toMatch(/^@x/u);
  });
});

describe("tags that begin a block of their own", () => {
  // GitHub's list: https://github.github.com/gfm/#html-blocks, the sixth kind.
  const names =
    "address article aside base basefont body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption figure " +
    "footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol " +
    "optgroup option p param section source summary table tbody td tfoot th thead title tr track ul";

  it.each(names.split(" "))("<%s> below a quote ends it, and is no part of it", (name) => {
    expect(spokenLines(`> a\n<${name}>\nb`)).toContain(`<${name}>`);
  });

  it("any other tag goes on with the quote", () => {
    expect(spokenLines("> a\n<b>\n@x")).toEqual([]);
  });
});

describe("answers by e-mail say only what is new", () => {
  const HEAD = "On Tue, 3 Mar 2026 at 10:00, Somebody <notifications@github.com> wrote:";
  it.each<[string, string]>([
    ["an attribution without quote marks", lines("@y", "", HEAD, "", "@x")],
    [
      "an attribution over two lines",
      lines("@y", "", "On Tue, 3 Mar 2026, Somebody <", "notifications@github.com> wrote:", "", "@x"),
    ],
    [
      "an attribution in another language",
      lines(
        "@y",
        "",
        "Am Di., 3. März 2026 um 10:00 Uhr schrieb Jemand <notifications@github.com>:",
        "",
        "@x",
      ),
    ],
    ["Outlook's separator", lines("@y", "", "-----Original Message-----", "@x")],
    ["Outlook's header", lines("@y", "", "**From:** Somebody", "**Sent:** Tuesday", "**To:** all", "", "@x")],
    ["GitHub's own footer", lines("@y", "", "—", "Reply to this email directly, view it on GitHub", "@x")],
    ["an attribution with quote marks", lines("@y", "", HEAD, "> @x", "", "done")],
  ])("%s", (_, body) => {
    const said = spokenLines(body);
    expect(said[0]).toBe("@y");
    expect(said).not.toContain("@x");
  });

  it("words below a marked quote are new", () => {
    expect(spokenLines(lines(HEAD, "> @x", "", "@y"))).toContain("@y");
  });

  it("a colon at the end of a sentence or an address in one is no mail", () => {
    const body = lines("On reflection:", "mail <a@b.example> please:", "From: here", "To: there", "@y");
    expect(spokenLines(body)).toContain("@y");
  });
});

describe("any body GitHub accepts is read well within a second", () => {
  const LENGTH = 100_000;
  const fill = (piece: string) => piece.repeat(Math.ceil(LENGTH / piece.length));
  const stairs = (length: number) => {
    let body = "";
    for (let depth = 0; body.length < length; depth++) body += `${"  ".repeat(depth)}- a\n`;
    return body;
  };
  const bodies: Record<string, string> = {
    prose: fill("Some words in a line of their own.\n"),
    stairs: stairs(LENGTH),
    "stairs, then blank lines": stairs(25_000) + "\n".repeat(75_000),
    "stairs, then lazy lines": stairs(25_000) + "b\n".repeat(37_000),
    "50,000 quote marks, then lazy lines": `${">".repeat(50_000)}a\n${"b\n".repeat(25_000)}`,
    "50,000 list marks": `${"- ".repeat(50_000)}x`,
    "list marks, then blank lines": `${"- ".repeat(25_000)}x\n${"\nb".repeat(25_000)}`,
    "ticks of every length": Array.from({ length: 440 }, (_, at) => "`".repeat(at + 1)).join(" "),
    "ticks of every length, falling": Array.from({ length: 440 }, (_, at) => "`".repeat(440 - at)).join("\n"),
    "nested brackets over lines": `[a]: b\n\n${"[\n".repeat(30_000)}${"]".repeat(30_000)}`,
    "comments in one paragraph": `a${fill("<!-- -->")}${fill("\nb")}`,
    "a long run of spaces in a heading": `#${" ".repeat(LENGTH)}a`,
    "a long run of spaces in a tag": `a <b${" ".repeat(LENGTH)}`,
  };
  for (const piece of 'a|a\n|a\n\n|\n|\t| |>|> a\n\n|[|]|![](|[a](|[a](b "|*|*a **a |`|~a |<|<a |<a b="|<a b=\'<a b="|<!-- |<?|<![CDATA[|</a>|<a>\n\n|- > |1. |- a\n\n|[a]: b\n|[a\n|a\n-\n|# a\n|```\n|\\|&|<a@b>|On <a@b.c>\n|From: a\n|\u200b\n|\u00a0'.split(
    "|",
  ))
    bodies[`${JSON.stringify(piece)} over and over`] = fill(piece);

  it.each(Object.entries(bodies))("%s", (_, body) => {
    // Processor time, so that a busy machine makes no difference. What is not in proportion takes many seconds.
    const before = process.cpuUsage();
    spokenLines(body);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1000);
  });

  it("what no comment can hold says nothing", () => {
    expect(spokenLines("a".repeat(262_144))).toHaveLength(1);
    expect(spokenLines("a".repeat(262_145))).toEqual([]);
  });
});

describe("for any body", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ..."a|@x|\n|\n\n|\r\n|    |> |- |1. |```|~~~|`|``|<!--|-->|<b>|<pre>|</pre>|[|](|)|\\|#|---|~~|\t| |\u00a0|\ufeff|\u200b|<|'".split(
        "|",
      ),
    ),
    fc.string({ unit: "binary", maxLength: 4 }),
  );
  const body = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

  it("every line said is part of a line written, in order; a comment cut out counts as a space", () => {
    fc.assert(
      fc.property(body, (written) => {
        fc.pre(!/<!|<\?/u.test(written));
        const raw = written.split(/\r\n|\n|\r/u).map((line) => line.replace(/\s+/gu, ""));
        let at = 0;
        for (const line of spokenLines(written)) {
          const bare = line.replace(/\s+/gu, "");
          while (at < raw.length && !raw[at]?.includes(bare)) at++;
          expect(at, JSON.stringify(written)).toBeLessThan(raw.length);
          at++;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("the kind of line ending makes no difference", () => {
    fc.assert(
      fc.property(body, (written) => {
        const unix = written.replace(/\r\n?/gu, "\n");
        expect(spokenLines(unix.replaceAll("\n", "\r\n"))).toEqual(spokenLines(unix));
      }),
    );
  });

  it("put in a quote or a fence, nothing of it is said", () => {
    fc.assert(
      fc.property(body, (written) => {
        const raw = written.split(/\r\n|\n|\r/u);
        expect(spokenLines(raw.map((line) => `> ${line}`).join("\n"))).toEqual([]);
        const fence = "`".repeat(
          Math.max(3, ...[...written.matchAll(/`+/gu)].map(([ticks]) => ticks.length + 1)),
        );
        expect(spokenLines([fence, ...raw, fence].join("\n"))).toEqual([]);
      }),
    );
  });
});
