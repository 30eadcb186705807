import { describe, expect, it } from "vitest";
import { parseLegacyStatus } from "../../src/domain/legacy.js";

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

  it("any other comment is none", () => {
    expect(parseLegacyStatus("Thanks! I will look at it.")).toBeNull();
    expect(parseLegacyStatus("")).toBeNull();
  });
});
