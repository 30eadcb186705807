import { DAY, HOUR, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, it } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

/* Over HTTP, with the real clerk: what one person with triage or write access, on no team, does in a moment. */

const TEAM = ["erikjohnston", "dbkr", "uhoreg", "anoadragon453", "turt2live"] as const;

lookFromOutside({ records: 3 });

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

async function proposedWith(votes: number): Promise<number> {
  r = rehearsal();
  r.sandbox.addUser("tina", { id: 50_000_777, level: "triage" });
  r.sandbox.addUser("mallory", { id: 50_000_666, level: "write" });
  await r.start();
  const n = r.propose();
  await r.settle();
  await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
  for (const login of TEAM.slice(0, votes)) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
  return n;
}

describe("a moment", () => {
  it("motion.cancel: closed and reopened by somebody with triage, five votes stand and the sixth begins the period", async () => {
    const n = await proposedWith(4);
    await r.act(() => r.as("tina").close(n));
    expect(r.status(n).body).toContain("the motion and its votes stand");
    await r.act(() => r.as("tina").reopen(n));
    await r.act(() => r.as("turt2live").comment(n, "@mscbot reviewed"));
    expect(r.labels(n)).toContain("final-comment-period");
  });

  it("motion.cancel: closed by somebody with triage, its author withdraws it, and a member's motion starts anew", async () => {
    const n = await proposedWith(4);
    await r.act(() => r.as("tina").close(n));
    let id = 0;
    await r.act(() => {
      id = r.as("ShadowJonathan").comment(n, "@mscbot withdraw").id;
    });
    expect(r.reactions(id)).toEqual(["+1"]);
    expect(r.kinds(n)).toContain("announce 1:cancelled");
    await r.act(() => r.as("tina").reopen(n));
    await r.act(() => r.as("dbkr").comment(n, "@mscbot fcp merge"));
    expect(r.status(n).body).toMatch(/- \[x\] @dbkr/);
    expect(r.status(n).body).toMatch(/- \[ \] @richvdh/);
  });

  it("decision.ratchet: a governance label for a second during the period holds nothing", async () => {
    const n = await proposedWith(5);
    expect(r.labels(n)).toContain("final-comment-period");
    await r.act(() => r.as("tina").label(n, "kind:governance"));
    expect(r.status(n).body).toContain("put on by tina, who is on no team");
    await r.act(() => r.as("tina").unlabel(n, "kind:governance"));
    expect(r.status(n).body).not.toContain("who is on no team");
    await r.advance(6 * DAY);
    expect(r.check(n)?.conclusion).toBe("success");
  });

  it("proposal.scope: a concern raised while somebody has taken the proposal label off blocks", async () => {
    r = rehearsal();
    r.sandbox.addUser("tina", { id: 50_000_777, level: "triage" });
    await r.start();
    const n = r.propose();
    await r.settle();
    let id = 0;
    await r.act(
      () => r.as("tina").unlabel(n, "proposal"),
      () => {
        id = r.as("dbkr").comment(n, "@mscbot concern this breaks clients").id;
      },
    );
    expect(r.reactions(id)).toEqual(["+1"]);
    await r.act(() => r.as("tina").label(n, "proposal"));
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp merge"));
    for (const login of TEAM) await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    expect(r.labels(n)).toContain("unresolved-concerns");
    expect(r.labels(n)).not.toContain("final-comment-period");
  });

  it("memory.kept: the announcement of the period, deleted over and over, is there three times, then again a day later", async () => {
    const n = await proposedWith(5);
    const begun = () =>
      r.said(n).filter(({ body }) => body.startsWith("<!-- msc-clerk:announce 1:fcp_begun"));
    for (let time = 0; time < 3; time++) {
      expect(begun()).toHaveLength(1);
      await r.act(() => r.as("mallory").deleteComment(begun()[0]?.id ?? 0));
    }
    expect(begun()).toHaveLength(1);
    await r.act(() => r.as("mallory").deleteComment(begun()[0]?.id ?? 0));
    await r.advance(HOUR);
    expect(begun()).toEqual([]);
    await r.advance(DAY);
    expect(begun()).toHaveLength(1);
    await r.advance(4 * DAY);
    expect(r.check(n)?.conclusion).toBe("success");
  });
});

describe("the moment the clerk takes over from an older bot", () => {
  const BOXES = [
    "ara4n",
    "erikjohnston",
    "richvdh",
    "dbkr",
    "uhoreg",
    "anoadragon453",
    "turt2live",
    "KitsuneRal",
  ];
  const legacy = (disposition: string, ticked: number, concerns = "") =>
    [
      `Team member @richvdh has proposed to **${disposition}** this. The next step is review by the rest of the tagged people:\r\n`,
      ...BOXES.map((login, at) => `- [${at < ticked ? "x" : " "}] @${login}\r`),
      ...(concerns === "" ? [] : ["\r", "Concerns:\r", "\r", `* ${concerns}\r`]),
    ].join("\n");

  /** An older bot, a person's account, carries a motion; a day later the clerk is adopted. */
  async function carried(disposition: string, ticked: number, label: string, concerns = "") {
    r = await rehearsal({ config: null }).open();
    r.sandbox.addUser("mscbot", { id: 40_000_031, level: "write" });
    r.sandbox.addUser("tina", { id: 50_000_777, level: "triage" });
    r.sandbox.addUser("mallory", { id: 50_000_666, level: "write" });
    const n = r.propose();
    await r.clock.advance(MINUTE);
    const { id } = r.as("mscbot").comment(n, legacy(disposition, ticked, concerns));
    r.as("mscbot").createLabel(label);
    r.as("mscbot").label(n, label, `disposition-${disposition}`);
    await r.clock.advance(DAY);
    return { n, id };
  }
  async function adopt(config = matrixConfig()): Promise<void> {
    r.as("ara4n").pushTo(null, { [CONFIG]: config });
    await r.start();
  }

  it("takeover.legacy: votes to close stay votes to close, whatever label somebody with triage puts beside", async () => {
    const { n } = await carried("close", 7, "final-comment-period");
    r.as("tina").label(n, "disposition-merge");
    await r.clock.advance(MINUTE);
    await adopt();
    expect(r.status(n).body).toContain("proposed to **close** this");
    await r.advance(5 * DAY);
    expect(r.check(n)?.conclusion).not.toBe("success");
  });

  it("takeover.legacy: ticks and struck concerns somebody with write access put into its comment are not read", async () => {
    const { n, id } = await carried("merge", 3, "proposed-final-comment-period", "breaks clients");
    r.as("mallory").editComment(id, legacy("merge", 8, "~~breaks clients~~ resolved by https://x.example/"));
    await r.clock.advance(MINUTE);
    await adopt();
    expect(r.status(n).body).toMatch(/\(3 of 6 needed, of 8\)|3 of 6/);
    expect(r.labels(n)).toContain("unresolved-concerns");
    expect(r.labels(n)).not.toContain("final-comment-period");
  });

  it("takeover.legacy: what the bot itself wrote after the clerk came is not read either; what it had written before is", async () => {
    const { n, id } = await carried("merge", 3, "proposed-final-comment-period");
    r.as("ara4n").pushTo(null, { [CONFIG]: matrixConfig() });
    await r.clock.advance(MINUTE);
    r.as("mscbot").editComment(id, legacy("merge", 8));
    await r.clock.advance(MINUTE);
    await r.start();
    expect(r.labels(n)).toContain("proposed-final-comment-period");
    expect(r.labels(n)).not.toContain("final-comment-period");
  });

  it("takeover.legacy: where the bot's last text cannot be read any more nothing is taken over, and the check says so", async () => {
    const { n, id } = await carried("merge", 7, "final-comment-period");
    r.as("mscbot").editComment(id, legacy("merge", 7, "breaks clients"));
    r.as("mallory").editComment(id, legacy("merge", 7));
    const revisions = r.sandbox.thread(n).comments.find((one) => one.id === id)?.revisions ?? [];
    r.as("mallory").deleteRevision(
      id,
      revisions.findIndex(({ body }) => body?.includes("breaks clients")),
    );
    await r.clock.advance(MINUTE);
    await adopt();
    await r.advance(5 * DAY);
    expect(r.check(n)?.conclusion).not.toBe("success");
    expect(r.check(n)?.summary).toMatch(/not taken over/);
  });

  it("takeover.legacy: a person who registers an older App's name decides nothing", async () => {
    r = await rehearsal({ config: null }).open();
    r.sandbox.addUser("oldclerk", { id: 50_000_888, level: "triage" });
    const n = r.propose();
    r.as("ara4n").createLabel("final-comment-period");
    await r.clock.advance(MINUTE);
    r.as("oldclerk").comment(n, legacy("merge", 8));
    r.as("oldclerk").label(n, "final-comment-period");
    await r.clock.advance(6 * DAY);
    await adopt(matrixConfig().replace("legacy_bots: [mscbot]", 'legacy_bots: ["oldclerk[bot]"]'));
    await r.advance(HOUR);
    expect(r.check(n)?.conclusion).not.toBe("success");
    expect(r.check(n)?.summary).toMatch(/by an account of another type/);
  });

  it("takeover.legacy: long after the adoption a label and a comment by that account are nobody's", async () => {
    r = rehearsal();
    r.sandbox.addUser("mscbot", { id: 40_000_031, level: "triage" });
    await r.start();
    await r.advance(30 * DAY);
    const n = r.propose();
    await r.clock.advance(MINUTE);
    r.as("mscbot").comment(n, legacy("merge", 8));
    r.as("mscbot").label(n, "final-comment-period");
    await r.settle();
    await r.advance(5 * DAY + HOUR);
    expect(r.check(n)?.conclusion).not.toBe("success");
  });
});
