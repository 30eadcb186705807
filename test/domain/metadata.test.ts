import { describe, expect, test } from "vitest";
import { metadataIn } from "../../src/domain/acts/metadata.js";
import { peopleIn } from "../../src/domain/acts/people.js";

describe("author.named: the lines of a description", () => {
  test.each([
    ["Author: @octocat", ["octocat"]],
    ["author: octocat", ["octocat"]],
    ["**Author:** @octocat", ["octocat"]],
    ["__Authors__: @octocat, @hubot", ["octocat", "hubot"]],
    ["Author(s): octocat and hubot", ["octocat", "hubot"]],
    ["Author: [The Octocat](https://github.com/octocat)", ["octocat"]],
    ["Author: [@octocat](https://github.com/octocat)", ["octocat"]],
    ["Author: <https://github.com/octocat>, https://ghe.example/hubot.", ["octocat", "hubot"]],
    ["Author: The Octocat", []],
    ["Author: @octocat:matrix.org", []],
    ["Author: octocat@github.com", []],
    ["Author: https://github.com/octocat/repository", []],
    ["Author:", []],
    ["The author: @octocat", []],
    ["Co-author: @octocat", []],
    [`Author: ${"a".repeat(40)}`, []],
    [`Author: @${"a".repeat(40)}`, []],
  ])("author.named: %s", (line, authors) => {
    expect(metadataIn([line]).authors).toEqual(authors);
  });

  test("author.named: several lines, each name once, and the first shepherd", () => {
    expect(
      metadataIn([
        "Author: @a",
        "Shepherd: @s",
        "Author: @A, @b",
        "PRs: #1234",
        "**Date:** 2018-08-20",
        "Documentation: https://example.org/",
        "Date: another day",
        "Shepherd: @t",
        "Update: none",
      ]),
    ).toEqual({
      authors: ["a", "b"],
      shepherd: "s",
      notes: [
        { name: "PRs", text: "#1234" },
        { name: "Date", text: "2018-08-20" },
        { name: "Documentation", text: "https://example.org/" },
      ],
    });
  });

  test("author.named: a long line costs little", () => {
    const started = performance.now();
    for (const text of [
      "@a".repeat(30_000),
      "[".repeat(60_000),
      "https://".repeat(8000),
      "a,".repeat(30_000),
    ])
      peopleIn(text);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
