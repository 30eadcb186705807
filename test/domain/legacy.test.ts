import { describe, expect, it } from "vitest";
import { parseLegacyStatus } from "../../src/domain/acts/legacy.js";

const STATUS = `Team member @richvdh has proposed to **merge** this. The next step is review by the rest of the tagged people:

- [x] @ara4n
- [ ] @erikjohnston
* [X] @KitsuneRal

Concerns:

* the names are odd (https://github.com/matrix-org/matrix-spec-proposals/pull/1#issuecomment-1)
* ~~fallback for old clients~~ resolved by https://github.com/matrix-org/matrix-spec-proposals/pull/1#issuecomment-2
* what of \`*mut u8\` (really)?

Once at least 75% of reviewers approve (and there are no outstanding concerns), this will enter its final comment period.

- [x] @nobody in the explanation

See [this document](https://example.org) for information about what commands tagged team members can give me.
`;

describe("takeover.legacy: reading the older bot's status comment", () => {
  it("mover, disposition, boxes and concerns", () => {
    expect(parseLegacyStatus(STATUS)).toEqual({
      cancelled: false,
      mover: "richvdh",
      disposition: "merge",
      boxes: [
        { login: "ara4n", ticked: true },
        { login: "erikjohnston", ticked: false },
        { login: "KitsuneRal", ticked: true },
      ],
      concerns: [
        {
          text: "the names are odd",
          resolved: false,
          url: "https://github.com/matrix-org/matrix-spec-proposals/pull/1#issuecomment-1",
        },
        {
          text: "fallback for old clients",
          resolved: true,
          url: "https://github.com/matrix-org/matrix-spec-proposals/pull/1#issuecomment-2",
        },
        { text: "what of `*mut u8` (really)?", resolved: false, url: null },
      ],
    });
  });

  it("the same with CRLF", () => {
    expect(parseLegacyStatus(STATUS.replaceAll("\n", "\r\n"))).toEqual(parseLegacyStatus(STATUS));
  });

  it("a cancelled one is known as such", () => {
    const cancelled = `**This FCP proposal has been cancelled by [#1](https://example.org).**\n\n${STATUS}`;
    expect(parseLegacyStatus(cancelled)).toMatchObject({ cancelled: true, mover: "richvdh" });
  });

  it("“to **None** this”, moved by the bot itself, without concerns", () => {
    const text =
      "Team member @mscbot has proposed to **None** this. The next step is review:\n\n- [ ] @ara4n\n\nNo concerns currently listed.\n";
    expect(parseLegacyStatus(text)).toEqual({
      cancelled: false,
      mover: "mscbot",
      disposition: null,
      boxes: [{ login: "ara4n", ticked: false }],
      concerns: [],
    });
  });

  it("the first years' form: no stars, and the sentence over two lines", () => {
    const text =
      "Team member @anoadragon453 has proposed to postpone\nthis. The next step is review by the rest of the tagged people:\n\n- [x] @ara4n\n";
    expect(parseLegacyStatus(text)).toMatchObject({
      mover: "anoadragon453",
      disposition: "postpone",
      boxes: [{ login: "ara4n", ticked: true }],
    });
  });

  it("members' words the older bot repeated elsewhere do not pass for a status comment", () => {
    expect(
      parseLegacyStatus("Unknown concern 'Team member @dbkr has proposed to **merge** this'."),
    ).toBeNull();
    expect(
      parseLegacyStatus("> Team member @dbkr has proposed to **merge** this.\n\n- [x] @dbkr"),
    ).toBeNull();
  });

  it("a link stands inside the struck text where a concern took it over from the bot before", () => {
    const text = `${STATUS.slice(0, STATUS.indexOf("Concerns:"))}Concerns:\r\n\r\n* ~~names (https://example.org/c#1)~~\r\n* ~~a ~ b~~\r\n*\r\n* ~~~~\r\n`;
    expect(parseLegacyStatus(text)?.concerns).toEqual([
      { text: "names", resolved: true, url: "https://example.org/c#1" },
      { text: "a ~ b", resolved: true, url: null },
    ]);
  });

  it("a text longer than the register keeps is cut like any concern", () => {
    const text = `${STATUS.slice(0, STATUS.indexOf("Concerns:"))}Concerns:\n\n* ${"x".repeat(2000)}\n`;
    expect(parseLegacyStatus(text)?.concerns[0]?.text).toHaveLength(500);
  });

  it("takes no time over hostile text", () => {
    const before = process.cpuUsage();
    for (const piece of [
      "**This FCP proposal has been cancelled ",
      "Team member @a has proposed to ",
      "\n",
      "* ~~",
      "(https://a",
      " ",
    ])
      parseLegacyStatus(
        `Team member @a has proposed to **merge** this\nConcerns:\n* ${piece.repeat(65_536 / piece.length)}`,
      );
    for (const end of [" ", "\n", "\n \n"])
      parseLegacyStatus(`**This FCP proposal has been cancelled${end}`.repeat(1600));
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1000);
  });

  it("any other comment is none", () => {
    expect(parseLegacyStatus("Thanks! I will look at it.")).toBeNull();
    expect(parseLegacyStatus("")).toBeNull();
  });
});
