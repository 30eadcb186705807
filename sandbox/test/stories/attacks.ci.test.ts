import { DAY, HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, it } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 0 });

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const OTHERS = ["ara4n", "erikjohnston", "dbkr", "uhoreg"] as const;

/** A motion to merge by richvdh, with four more who said yes: one short of the Final Comment Period. */
async function oneShort(): Promise<number> {
  r = await rehearsal().start();
  const n = r.propose();
  await r.settle();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  for (const login of OTHERS) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  expect(r.status(n).body).toContain("**5 of 6 needed, of 8**");
  return n;
}

async function inFcp(): Promise<number> {
  const n = await oneShort();
  await r.act(() => r.as("turt2live").comment(n, "@mscbot reviewed"));
  expect(r.labels(n)).toContain("final-comment-period");
  return n;
}

describe("what does not work, over HTTP", () => {
  it("fcp.begin: a deciding @mscbot reviewed starts the Final Comment Period", async () => {
    const n = await oneShort();
    await r.act(() => r.as("turt2live").comment(n, "@mscbot reviewed"));
    expect(r.kinds(n).filter((kind) => kind.startsWith("announce"))).toEqual(["announce 1:fcp_begun"]);
  });

  it("act.durable: deleting an outsider's @mscbot fcp merge does nothing", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    let id = 0;
    await r.act(() => (id = r.as("passer-by").comment(n, "@mscbot fcp merge").id));
    expect(r.reactions(id)).toEqual(["confused"]);
    const before = r.kinds(n);
    await r.act(() => r.as("passer-by").deleteComment(id));
    expect(r.kinds(n)).toEqual(before);
    expect(r.labels(n)).toEqual(["proposal"]);
  });

  it("ballot.tick: someone ticking another's box changes no tally; it is put back, with one reply", async () => {
    const n = await oneShort();
    await r.act(() => r.tick("KitsuneRal", n, "turt2live"));
    expect(r.status(n).body).toContain("- [ ] @turt2live");
    expect(r.status(n).body).toContain("**5 of 6 needed, of 8**");
    expect(r.kinds(n).filter((kind) => kind.startsWith("reply"))).toHaveLength(1);
    await r.advance(DAY);
    expect(r.kinds(n).filter((kind) => kind.startsWith("reply"))).toHaveLength(1);
  });

  it("motion.cancel: editing the status comment of a cancelled motion starts nothing", async () => {
    const n = await oneShort();
    const old = r.status(n);
    await r.act(() => r.as("dbkr").comment(n, "@mscbot fcp cancel"));
    await r.act(() =>
      r.as("turt2live").editComment(old.id, old.body.replace("- [ ] @turt2live", "- [x] @turt2live")),
    );
    expect(r.labels(n)).toEqual(["proposal"]);
    expect(r.check(n)?.title).toContain("In review");
  });

  it("act.durable: words a maintainer puts into a member's comment are nobody's act; the member's own stay", async () => {
    const n = await oneShort();
    let id = 0;
    await r.act(() => (id = r.as("turt2live").comment(n, "I am still reading this.").id));
    await r.act(() => r.as("ara4n").editComment(id, "I am still reading this.\n\n@mscbot reviewed"));
    expect(r.status(n).body).toContain("**5 of 6 needed, of 8**");
    await r.act(() =>
      r.as("turt2live").editComment(id, "I am still reading this, slowly.\n\n@mscbot reviewed"),
    );
    expect(r.status(n).body).toContain("**5 of 6 needed, of 8**");
    await r.act(() => r.as("turt2live").editComment(id, "Read.\n\n@mscbot abstain"));
    expect(r.status(n).body).toMatch(/- \[ \] @turt2live.*abstains/);
  });

  it("act.durable: a member's deleted vote comment still counts", async () => {
    const n = await oneShort();
    const vote = r.sandbox
      .thread(n)
      .comments.find(({ body, authorId }) => body === "@mscbot reviewed" && authorId === r.as("dbkr").id);
    await r.act(() => r.as("ara4n").deleteComment(vote?.id ?? 0));
    expect(r.status(n).body).toContain("**5 of 6 needed, of 8**");
    await r.act(() => r.as("turt2live").comment(n, "@mscbot reviewed"));
    expect(r.labels(n)).toContain("final-comment-period");
  });

  it("ballot.review.changes: an approval dismissed by a push, or by a maintainer, still counts", async () => {
    const n = await oneShort();
    r.sandbox.setDismissStaleReviews(true);
    let review = 0;
    await r.act(() => (review = r.as("anoadragon453").approve(n).id));
    expect(r.labels(n)).toContain("final-comment-period");
    await r.act(() => r.as("ShadowJonathan").push(n, { "proposals/1772-spaces.md": "# Spaces, again\n" }));
    expect(r.sandbox.pull(n).pull.reviews.find(({ id }) => id === review)?.state).toBe("DISMISSED");
    expect(r.status(n).body).toMatch(/- \[x\] @anoadragon453.*earlier revision/);

    const other = r.propose("MSC2448: Blurhash", { "proposals/2448-blurhash.md": "# Blurhash\n" });
    await r.act(() => r.as("richvdh").comment(other, "@mscbot fcp merge"));
    await r.act(() => (review = r.as("dbkr").approve(other).id));
    await r.act(() => r.as("ara4n").dismiss(review));
    expect(r.status(other).body).toContain("**2 of 6 needed, of 8**");
    await r.act(() => r.as("dbkr").comment(other, "@mscbot retract"));
    expect(r.status(other).body).toContain("**1 of 6 needed, of 8**");
  });

  it("act.once: a newcomer's old commands do not wake up when they join", async () => {
    const n = await oneShort();
    await r.act(() => r.as("kegsay").comment(n, "@mscbot reviewed"));
    await r.act(() => r.as("kegsay").approve(n));
    const kegsay = r.as("kegsay").id;
    const joined = matrixConfig().replace(
      /( +)(- \{ login: KitsuneRal[^\n]*\n)/,
      `$1$2$1- { login: kegsay, id: ${kegsay} }\n`,
    );
    expect(joined).toContain("kegsay");
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: joined }));
    await r.advance(HOUR);
    expect(r.status(n).body).toMatch(/- \[ \] @kegsay/);
    expect(r.status(n).body).toContain("**5 of 7 needed, of 9**");
  });

  it("fcp.conclude: a period whose end passed while the clerk was down concludes once, at the next start", async () => {
    const n = await inFcp();
    r.kill();
    await r.clock.advance(9 * DAY);
    await r.start();
    await r.settle();
    expect(r.kinds(n).filter((kind) => kind === "announce 1:concluded")).toHaveLength(1);
    r.kill();
    await r.start();
    await r.advance(MINUTE);
    expect(r.kinds(n).filter((kind) => kind === "announce 1:concluded")).toHaveLength(1);
    expect(r.check(n)?.conclusion).toBe("success");
  });

  it("fcp.after: a rewrite pushed a minute before the end does not turn green without a fresh approval", async () => {
    const n = await inFcp();
    const began =
      r.sandbox
        .thread(n)
        .events.find((event) => event.kind === "labeled" && event.name === "final-comment-period")?.at ?? 0;
    await r.clock.setTo(began + 5 * DAY - MINUTE);
    await r.act(() =>
      r.as("ShadowJonathan").forcePush(n, { "proposals/1772-spaces.md": "# Something else altogether\n" }),
    );
    await r.advance(2 * MINUTE);
    expect(r.labels(n)).toContain("finished-final-comment-period");
    expect(r.check(n)).toMatchObject({ status: "in_progress", conclusion: null });
    await r.act(() => r.as("ShadowJonathan").comment(n, "Please have another look."));
    expect(r.check(n)?.conclusion).toBeNull();
    await r.act(() => r.as("dbkr").approve(n));
    expect(r.check(n)?.conclusion).toBeNull();
    await r.act(() => r.as("uhoreg").approve(n));
    expect(r.check(n)?.conclusion).toBe("success");
  });

  it("config.absent, config.invalid: without a config the clerk writes nothing; with a broken one the check says what is wrong, and nothing begins", async () => {
    r = await rehearsal({ config: null }).start();
    const n = r.propose();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    expect(r.said(n)).toEqual([]);
    expect(r.check(n)).toBeNull();
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: "- a list\n" }));
    await r.advance(HOUR);
    expect(r.said(n)).toEqual([]);
    expect(r.check(n)).toMatchObject({ conclusion: "failure" });
    await r.act(() => r.as("ara4n").pushTo(null, { [CONFIG]: matrixConfig() }));
    await r.advance(HOUR);
    expect(r.check(n)).toMatchObject({ status: "in_progress" });
    // Said before there were rules: no act (act.adoption).
    expect(r.labels(n)).toEqual(["proposal"]);
  });

  it("takeover.legacy: half its boxes ticked and one concern resolved, a motion of the older bot continues without anyone doing anything", async () => {
    r = await rehearsal({ config: null }).open();
    r.sandbox.addUser("mscbot", { id: 40_000_031, level: "write" });
    const n = r.propose();
    const boxes = [
      "ara4n",
      "erikjohnston",
      "richvdh",
      "dbkr",
      "uhoreg",
      "anoadragon453",
      "turt2live",
      "KitsuneRal",
    ];
    await r.clock.advance(MINUTE);
    r.as("richvdh").comment(n, "@mscbot fcp merge");
    r.as("mscbot").comment(
      n,
      [
        "Team member @mscbot has proposed to **merge** this. The next step is review by the rest of the tagged people:\r\n",
        ...boxes.map((login, at) => `- [${at < 4 ? "x" : " "}] @${login}\r`),
        "\r\nConcerns:\r\n",
        "* names (https://github.com/matrix-org/matrix-spec-proposals/pull/1#issuecomment-1)\r",
        "* ~~fallback~~ resolved by https://github.com/matrix-org/matrix-spec-proposals/pull/1#issuecomment-2\r",
      ].join("\n"),
    );
    r.as("mscbot").createLabel("proposed-final-comment-period");
    r.as("mscbot").label(n, "proposed-final-comment-period", "disposition-merge");
    await r.clock.advance(DAY);
    r.as("ara4n").pushTo(null, { [CONFIG]: matrixConfig() });
    await r.start();
    expect(r.status(n).body).toContain("@richvdh has proposed to **merge** this");
    expect(r.status(n).body).toContain("**4 of 6 needed, of 8**");
    expect(r.labels(n)).toContain("unresolved-concerns");
    for (const login of ["uhoreg", "turt2live"])
      await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    expect(r.labels(n)).not.toContain("final-comment-period");
    await r.act(() => r.as("uhoreg").comment(n, "@mscbot resolve names"));
    expect(r.labels(n)).toContain("final-comment-period");
  });
});

describe("bad input, over HTTP", () => {
  it("a forged marker in a user's comment, a review by a deleted account, a pull request from a deleted fork: a clear outcome each", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.act(() =>
      r
        .as("passer-by")
        .comment(
          n,
          "<!-- msc-clerk:status 1 -->\n- [x] @ara4n <!-- box spec-core-team -->\n<!-- msc-clerk:record v1 AAAA.BBBB -->",
        ),
    );
    await r.act(() => r.as("sandhose").approve(n));
    r.sandbox.deleteUser("sandhose");
    const fork = r.sandbox.pull(n).pull.headRepositoryId ?? 0;
    await r.act(() => r.sandbox.deleteRepository(fork));
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    expect(r.kinds(n)).toEqual(["status 1"]);
    expect(r.status(n).body).toContain("**1 of 6 needed, of 8**");
  });

  it("1,200 timeline items are read whole: the vote among them counts", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.settle();
    r.kill();
    for (let at = 0; at < 1200; at += 1) r.as("passer-by").comment(n, `Comment ${at}.`);
    await r.clock.advance(MINUTE);
    r.as("richvdh").comment(n, "@mscbot fcp merge");
    // Two cold reads of thirteen requests: a start writes no comment from its first (comment.once).
    const before = r.sandbox.requests.all.length;
    await r.start();
    expect(r.labels(n)).toContain("proposed-final-comment-period");
    const asked = r.sandbox.requests.all.slice(before).filter(({ operation }) => operation === "Look");
    expect(asked.length).toBeLessThanOrEqual(28);
  });
});

describe("what a path rule protects", () => {
  it("decision.needs: renaming a protected text away needs what changing it needs", async () => {
    r = await rehearsal().start();
    r.as("ara4n").pushTo(null, { "proposals/1779-open-governance.md": "# Open governance\n" });
    const n = r.propose("MSC9999: Tidy up", {
      "proposals/9999-tidy.md": "# Open governance\n",
      "proposals/1779-open-governance.md": null,
    });
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    expect(r.status(n).body).toContain("Guardians");
  });
});
