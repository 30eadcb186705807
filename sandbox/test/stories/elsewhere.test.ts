import { LABELS } from "msc-clerk/domain/model/labels.js";
import { DAY, HOUR } from "msc-clerk/domain/text/time.js";
import { afterEach, describe, expect, it } from "vitest";
import { matrixConfig } from "../../src/roster.js";
import { lookFromOutside } from "../support/outsideLook.js";
import { CONFIG, type Rehearsal, rehearsal } from "../support/rehearsal.js";

lookFromOutside({ records: 2 });

let r: Rehearsal;
afterEach(async () => {
  await r.close();
});

const colours = () =>
  new Map([...r.sandbox.repository.labels.values()].map(({ name, color }) => [name, color]));

describe("label.state: the labels of a repository, over HTTP", () => {
  it("label.state: they are made when the config first comes, before there is any pull request, and what stands is left as it is", async () => {
    r = await rehearsal({ config: null }).start();
    await r.settle();
    const before = colours();
    expect(before.has("spec-pr-missing")).toBe(false);
    await r.act(() =>
      r.as("ara4n").pushTo(null, { [CONFIG]: matrixConfig() }, { message: "Adopt the clerk" }),
    );
    const after = colours();
    for (const { name, colour } of LABELS.filter((row) => !("gate" in row)))
      expect(after.get(name)).toBe(before.get(name) ?? colour);

    const asked = () => r.sandbox.requests.all.filter(({ path }) => path.split("?")[0]?.endsWith("/labels"));
    const soFar = asked().length;
    await r.advance(DAY);
    expect(asked().length).toBe(soFar);
  });
});

describe("a decision taken elsewhere, over HTTP", () => {
  it("override.second: without a motion: said, answered, seconded, merged, and its record corrected", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.settle();
    let said = 0;
    await r.act(() => {
      said = r.as("ara4n").comment(n, "@mscbot override finished: agreed in the embargoed room").id;
    });
    expect(r.reactions(said)).toEqual(["+1"]);
    expect(r.kinds(n)).toEqual([expect.stringMatching(/^reply /)]);
    await r.act(() => r.as("dbkr").comment(n, "@mscbot second"));
    expect(r.labels(n)).toEqual(["finished-final-comment-period", "proposal"]);
    expect(r.kinds(n).slice(1)).toEqual([expect.stringMatching(/^status 1/), "announce 1:overridden"]);
    expect(r.check(n)).toMatchObject({ status: "in_progress" });

    await r.advance(HOUR);
    await r.act(() => r.as("richvdh").merge(n));
    expect(r.labels(n)).toEqual(["proposal", "spec-pr-missing"]);
    expect(r.check(n)).toMatchObject({ status: "completed", conclusion: "neutral" });
    await r.act(() => r.as("turt2live").label(n, "spec-pr-in-review"));
    expect(r.labels(n)).toEqual(["proposal", "spec-pr-in-review"]);

    await r.act(() => r.as("ara4n").comment(n, "@mscbot correct record 1: it was another room"));
    await r.act(() => r.as("dbkr").comment(n, "@mscbot second"));
    const record = r.said(n).find(({ body }) => body.includes("announce 1:overridden"));
    expect(record?.body).toContain("**Corrected**: record 1 is wrong");
    expect(record?.body).toContain("agreed in the embargoed room");
  });

  it("check.final: closed by the decision, the check is completed, and the label says rejected", async () => {
    r = await rehearsal().start();
    const n = r.propose();
    await r.settle();
    await r.act(() => r.as("richvdh").comment(n, "@mscbot fcp close"));
    for (const login of ["ara4n", "erikjohnston", "dbkr", "uhoreg", "turt2live"])
      await r.act(() => r.as(login).comment(n, "@mscbot reviewed"));
    await r.advance(5 * DAY + HOUR);
    expect(r.sandbox.thread(n).state).toBe("closed");
    expect(r.labels(n)).toEqual(["proposal", "rejected"]);
    expect(r.check(n)).toMatchObject({ status: "completed", conclusion: "failure" });
  });
});
