import { html } from "msc-clerk/platform/html.js";
import { describe, expect, it } from "vitest";
import { type Box, renderMarkdown } from "../src/page/markdown.js";

const shown = (source: string) => renderMarkdown(source).text;

describe("Markdown on the page", () => {
  it("renders what comments are made of", () => {
    expect(shown("**bold** _soft_ ~~gone~~ `code`")).toBe(
      "<p><strong>bold</strong> <em>soft</em> <del>gone</del> <code>code</code></p>\n",
    );
    expect(shown("| a | b |\n|---|--:|\n| 1 | 2 |")).toContain('<td class="right">2</td>');
    expect(shown("> said")).toContain("<blockquote><p>said</p>");
    expect(shown("3. c\n4. d")).toContain('<ol start="3"><li>c</li>');
  });

  it("keeps links to its own pages alive when the sandbox is at another address than they were written at", () => {
    const at = (url: string) => renderMarkdown(`[x](${url})`, { home: "/a/b/" }).text;
    expect(at("http://127.0.0.1:4100/a/b/pull/1#issuecomment-2")).toContain(
      'href="/a/b/pull/1#issuecomment-2"',
    );
    for (const url of ["http://127.0.0.1:4100/a/c", "http://127.0.0.1:4100//a/b/", "https://a.example/a/b/"])
      expect(at(url)).toContain(`href="${url}"`);
  });

  it("lets folds through and keeps them balanced", () => {
    expect(shown("<details><summary>More</summary>\n\ntext\n\n</details>")).toBe(
      "<details><summary>More</summary><p>text</p>\n</details>",
    );
    expect(shown("<details>\n\nleft open")).toBe("<details><p>left open</p>\n</details>");
    expect(shown("</details></div> after")).not.toContain("</");
    expect(shown("- <details>\n\nafter")).toMatch(/<li><details><\/details><\/li>/);
  });

  it.each([
    ["a script", "<script>alert(1)</script>"],
    ["a handler", '<img src="x" onerror="alert(1)">'],
    ["a handler on a tag that is kept", '<details open ontoggle="alert(1)">'],
    ["a link that is a script", "[x](javascript:alert(1))"],
    ["a link out of an attribute", '[x](https://example.org/"onclick="alert(1))'],
    ["another host without a scheme", "[x](//example.org)"],
    ["an unfinished comment", "<!-- <img src=x onerror=alert(1)>"],
    ["an entity", "&lt;img src=x onerror=alert(1)&gt;"],
  ])("is safe with %s", (_name, source) => {
    const text = shown(source);
    expect(text).not.toMatch(/<(script|img)|<[^>]*\son\w+=|href="(javascript|\/\/)/i);
  });

  it("hides the clerk's markers", () => {
    expect(shown("@ara4n <!-- box spec-core-team --> approved")).toBe(
      '<p><strong class="mention">@ara4n</strong>  approved</p>\n',
    );
  });

  it("makes numbers of threads into links, and leaves others alone", () => {
    const text = renderMarkdown("#1772 #9999 a#1772", {
      threadUrl: (n) => (n === 1772 ? "/pull/1772" : null),
    }).text;
    expect(text).toBe('<p><a href="/pull/1772">#1772</a> #9999 a#1772</p>\n');
  });

  it("says where each box of a task list is in the text", () => {
    const source =
      "Votes:\r\n\r\n- [x] @ara4n [link](https://example.org)\n- [ ] @dbkr\n  - [X] nested\n\n1. [ ] loose\n\n2. no box";
    const boxes: Box[] = [];
    renderMarkdown(source, {
      box: (one) => {
        boxes.push(one);
        return html``;
      },
    });
    expect(boxes.map(({ at }) => source.slice(at - 1, at + 2))).toEqual(["[x]", "[ ]", "[X]", "[ ]"]);
    expect(boxes.map(({ checked, label }) => ({ checked, label }))).toEqual([
      { checked: true, label: "@ara4n link" },
      { checked: false, label: "@dbkr" },
      { checked: true, label: "nested" },
      { checked: false, label: "loose" },
    ]);
  });

  it.each([">", "> ", "- ", "1. "])(
    "shows thousands of %j within one another as they were typed, at once",
    (mark) => {
      const begun = performance.now();
      expect(shown(`a\n\n${mark.repeat(20_000)}b`)).toMatch(/^<pre tabindex="0">a\n/);
      expect(performance.now() - begun).toBeLessThan(2_000);
    },
  );
});
