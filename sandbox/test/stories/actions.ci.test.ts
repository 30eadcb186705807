import { LABELS } from "msc-clerk/domain/model/labels.js";
import { CONFIG_FILE } from "msc-clerk/domain/model/rules.js";
import { DAY, MINUTE } from "msc-clerk/domain/text/time.js";
import { afterAll, describe, expect, test } from "vitest";
import { newSandbox, newSecrets } from "../../src/clerk.js";
import { MEMBERS, matrixConfig, OTHERS, withoutForm } from "../../src/roster.js";
import { ShiftedClock } from "../../src/shiftedClock.js";
import { actionsCommit, CHECK, type Ran, Runner } from "../support/runner.js";

const secrets = newSecrets();
/** Half a minute to a minute, most of it waiting; beside much else it takes longer. */
const LONG = 240_000;
const TEAM = ["erikjohnston", "dbkr", "uhoreg", "anoadragon453", "turt2live"] as const;
const FILE = "proposals/1772-spaces.md";
const commit = actionsCommit();
const opened: Place[] = [];
afterAll(async () => {
  for (const place of opened) await place.close();
  commit.remove();
});

/** A repository whose only clerk is the workflow of docs/actions.md. */
class Place {
  readonly clock = new ShiftedClock();
  readonly github = newSandbox(secrets, { clock: this.clock });
  readonly runner: Runner;
  #heard = 0;

  constructor(workflow?: string) {
    this.runner = new Runner(commit, this.github, secrets, workflow);
    opened.push(this);
  }

  async open(config = withoutForm(matrixConfig())): Promise<this> {
    await this.github.listen();
    for (const { login, id, level } of [...MEMBERS, ...OTHERS]) this.github.addUser(login, { id, level });
    for (const { name } of LABELS) this.as("ara4n").createLabel(name);
    this.as("ara4n").pushTo(null, { [CONFIG_FILE]: config }, { message: "Roster" });
    this.#heard = this.github.deliveries.begun;
    return this;
  }

  as(login: string) {
    return this.github.as(login);
  }

  /** People do something, and what GitHub tells workflows of it comes to its end, what the clerk itself does then too. */
  async act(doing: () => void): Promise<readonly Ran[]> {
    const before = this.runner.runs.length;
    doing();
    for (;;) {
      const told = this.github.deliveries.log.filter(({ sequence }) => sequence > this.#heard);
      this.#heard = this.github.deliveries.begun;
      if (told.length === 0) return this.runner.runs.slice(before);
      await Promise.all(
        told.map(({ event, payload: { installation: _, ...payload } }) =>
          // Of the clerk's own doings there are runs on GitHub as well, which find nothing: here they are left out for the time they take.
          isOwn(payload) ? null : this.runner.happens(event, payload),
        ),
      );
    }
  }

  async schedule(): Promise<Ran> {
    const ran = await this.runner.happens("schedule");
    if (ran === null || ran === "replaced") throw new Error("The schedule starts no run.");
    this.#heard = this.github.deliveries.begun;
    return ran;
  }

  /** The clerk's comments on a pull request. */
  said(number: number): readonly string[] {
    const { botId } = this.github.app;
    return this.github
      .thread(number)
      .comments.flatMap(({ authorId, body }) => (authorId === botId ? [body] : []));
  }

  labels(number: number): readonly string[] {
    return [...this.github.labelsOn(number)];
  }

  async close(): Promise<void> {
    this.runner.remove();
    await this.github.close();
  }
}

const isOwn = (payload: object): boolean =>
  "sender" in payload && (payload.sender as { login?: string })?.login === "msc-clerk[bot]";

const well = (ran: Ran | undefined): Ran => {
  if (ran?.code !== 0) throw new Error(`It did not end well.\n${ran?.output}\n${ran?.summary}`);
  return ran;
};

/** A proposal is opened from a fork, and somebody moves to merge it: in one burst, of which one run goes on and one waits. */
async function inMotion(place: Place, author: string): Promise<number> {
  let number = 0;
  const runs = await place.act(() => {
    ({ number } = place.as(author).openPull({ title: "MSC1772: Spaces", files: { [FILE]: "# Spaces\n" } }));
    place.as("turt2live").label(number, "proposal");
    place.as("richvdh").comment(number, "@mscbot fcp merge");
  });
  // The one that stayed found what the others were about.
  expect(runs.map((ran) => well(ran).event)).toEqual(["pull_request_target", "issue_comment"]);
  expect(place.said(number)).toHaveLength(1);
  return number;
}

describe.concurrent("in Actions, without a server", () => {
  test(
    "a proposal goes from its motion to its merge by events and the schedule alone",
    async () => {
      const place = await new Place().open();
      const number = await inMotion(place, "sandhose");
      const [atMotion = ""] = place.said(number);

      // Approvals are heard by no workflow that may have the App's key: they wait.
      expect(
        await place.act(() => {
          for (const login of TEAM) place.as(login).approve(number);
        }),
      ).toEqual([]);
      expect(place.runner.unheard).toContain("pull_request_review: not asked for");
      const begun = well(await place.schedule());
      expect(place.labels(number)).toContain("final-comment-period");
      expect(begun.summary).toContain("label: add final-comment-period");

      // Somebody who may write puts the record of the motion back over the present one: what the clerk itself saved last is believed.
      const mallory = place.github.addUser("mallory", { level: "write" });
      const [status] = place.github
        .thread(number)
        .comments.filter(({ body }) => body.includes("msc-clerk:status"));
      mallory.editComment(status?.id ?? 0, atMotion);

      // The end falls between two schedules: the next one finds it.
      place.clock.moveOn(5 * DAY + 7 * MINUTE);
      const over = well(await place.schedule());
      expect(place.github.checkOn(number)?.conclusion).toBe("success");
      expect(place.said(number).join("\n")).toContain("Signed record: ");
      expect(over.summary).toContain("label: add finished-final-comment-period");
      // The record has its line in the register before the run ends.
      const registers = [...place.github.repository.threads.values()].filter(({ body }) =>
        body.includes("msc-clerk:duty register-of-decisions"),
      );
      expect(registers).toHaveLength(1);
      expect(registers[0]?.body).toMatch(/^\| 1 \| \[#1\]/m);

      const [merged] = await place.act(() => place.as("richvdh").merge(number));
      expect(well(merged).event).toBe("pull_request_target");
      // What follows an acceptance has begun.
      expect(place.labels(number)).toContain("spec-pr-missing");
      for (const { installed, output } of place.runner.runs) {
        expect(installed).toContain("npm ci --omit=dev --ignore-scripts");
        // What is installed has no secret within reach, and none is in the log.
        for (const text of [installed, output]) expect(text).not.toMatch(/ghs_|PRIVATE KEY|everybody knows/);
      }
    },
    LONG,
  );

  test(
    "a record that was lost is held, and never begun anew",
    async () => {
      const place = await new Place().open();
      const mallory = place.github.addUser("mallory", { level: "write" });
      const number = await inMotion(place, "mallory");
      for (const { id } of place.github
        .thread(number)
        .comments.filter(({ body }) => body.includes("msc-clerk:")))
        mallory.deleteComment(id);
      // No read reaches the check run any more that held the record.
      mallory.pushAll(
        number,
        Array.from({ length: 101 }, (_, at) => ({ [FILE]: `# Spaces\n${at}\n` })),
      );
      for (const login of TEAM) place.as(login).approve(number);
      const held = await place.schedule();
      // No other record tells which config is lawful: that has to be looked at.
      expect(held.code).toBe(1);
      expect(held.output).toMatch(/^::warning::The record of a proposal was lost/m);
      expect(held.summary).toContain("Held until people do something");
      expect(place.github.checkOn(number)?.title).toContain("record was lost");
      expect(place.labels(number)).not.toContain("final-comment-period");
      // The next run has no more than that to go by, and says nothing again.
      const said = place.said(number).length;
      expect((await place.schedule()).summary).toContain("0 things written");
      expect(place.said(number)).toHaveLength(said);
      // The way on is that of the rules.
      const [confirmed] = (
        await place.act(() => {
          for (const login of ["richvdh", "dbkr"]) place.as(login).comment(number, "@mscbot confirm");
        })
      ).slice(-1);
      well(confirmed);
      expect(place.labels(number)).toContain("final-comment-period");
    },
    LONG,
  );

  test(
    "two runs at once, which the group keeps from happening, do no harm that stays",
    async () => {
      const place = await new Place().open();
      const { number } = place
        .as("ara4n")
        .openPull({ title: "MSC1772: Spaces", files: { [FILE]: "# Spaces\n" }, labels: ["proposal"] });
      place.as("richvdh").comment(number, "@mscbot fcp merge");
      await place.runner.twoAtOnce();
      well(await place.schedule());
      expect(place.said(number).filter((body) => body.includes("msc-clerk:status"))).toHaveLength(1);
      // “Re-run” of its check is heard, and answered with a new one.
      const before = place.github.checkOn(number);
      const [again] = await place.act(() => place.as("ara4n").rerunCheck(before?.id ?? 0));
      expect(well(again).event).toBe("check_run");
      expect(place.github.checkOn(number)?.id).not.toBe(before?.id);
    },
    LONG,
  );

  test(
    "a config with a fault is shown at its place, decides nothing, and the run is red",
    async () => {
      const place = await new Place().open("version: 1\nteams: {}\ndecisions: []\n");
      const ran = await place.schedule();
      expect(ran.code).toBe(1);
      expect(ran.output).toMatch(/^::error file=\.github\/msc-clerk\.yml,line=2,col=\d+,title=msc-clerk::/m);
      expect(ran.summary).toContain("nothing is decided until it is right");
    },
    LONG,
  );

  test(
    "the workflow's own token is refused with the reason, and so is a person's",
    async () => {
      const place = await new Place().open();
      const everybodys = await place.runner.withToken(place.github.workflowToken({ contents: "read" }));
      expect(everybodys.code).toBe(1);
      expect(everybodys.output).toMatch(
        /^::error::The token is that of github-actions\[bot\], and it may never be the clerk: every workflow of everybody/m,
      );
      const persons = await place.runner.withToken(place.github.tokenFor("richvdh"));
      expect(persons.code).toBe(1);
      expect(persons.output).toMatch(/^::error::The token is a person's \(richvdh\)/m);
      const spent = await place.runner.withToken(`ghs_${"0".repeat(36)}`);
      expect(spent.output).toMatch(/^::error::GitHub does not take the token/m);
    },
    LONG,
  );

  test(
    "the check tells the faults of a pull request's config at their places, and what its rules come to",
    async () => {
      const place = await new Place(CHECK).open();
      const config = withoutForm(matrixConfig());
      let number = 0;
      const proposes = (text: string) =>
        place.act(() => {
          ({ number } = place.as("sandhose").openPull({ title: "Rules", files: { [CONFIG_FILE]: text } }));
        });
      const [bad] = await proposes(config.replace(/approval: .*/, "approval: { nobody-at-all: 75% }"));
      expect(bad?.code).toBe(1);
      expect(bad?.output).toMatch(
        /^::error file=\.github\/msc-clerk\.yml,line=\d+,col=\d+,title=msc-clerk::.*nobody-at-all/m,
      );
      const [good] = await proposes(config.replace("75%", "80%"));
      expect(well(good).summary).toContain("is right");
      expect(good?.summary).toContain("Spec Core Team (spec-core-team): 8 members");
      const [link] = await place.act(() => {
        const files = {
          [CONFIG_FILE]: { text: "../rules.yml", mode: "120000" as const },
          "rules.yml": config,
        };
        place.as("sandhose").openPull({ title: "A link", files });
      });
      expect(link?.code).toBe(1);
      expect(link?.output).toMatch(/^::error file=.*is a symbolic link/m);
      // It reads, and writes nothing.
      expect(place.said(number)).toEqual([]);
      expect(place.github.checkOn(number)).toBeNull();
    },
    LONG,
  );
});
