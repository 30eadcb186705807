import { createHmac } from "node:crypto";
import { request } from "node:http";
import { DAY, SECOND } from "msc-clerk/domain/text/time.js";
import { matrixConfig } from "../roster.js";
import { type BenchStage, CONFIG } from "./stage.js";

/** What somebody does to the clerk. `before`: while it is down; it is started afterwards. */
export interface Kind {
  readonly name: string;
  readonly title: string;
  readonly before?: (stage: BenchStage) => unknown;
  readonly doing?: (stage: BenchStage) => unknown;
}

const outsider = (stage: BenchStage) => stage.as("passer-by");
const others = (count: number) => Array.from({ length: count }, (_, at) => at);

const withConfig = (stage: BenchStage, text: string, branch = "config") =>
  outsider(stage).openPull({ title: "A better config", branch, files: { [CONFIG]: text } });

const edited = (find: string, into: string): string => {
  const text = matrixConfig();
  if (!text.includes(find)) throw new Error(`the example config has no ${JSON.stringify(find)}`);
  return text.replace(find, into);
};

const logins = () => {
  const names = others(20_000).map((at) => `z${at.toString(36)}`);
  return edited("\ndecisions:", `\n  crowd:\n    members: [${names.join(",")}]\ndecisions:`);
};
const globs = () =>
  edited(
    "paths: [proposals/1779-*.md]",
    `paths: [${others(560)
      .map((at) => `"${"*".repeat(192)}z${at}"`)
      .join(",")}]`,
  );
const nested = () => `${matrixConfig()}
x: {${"a:,".repeat(40_000)}}
`;
const threshold = (at: number) =>
  edited(
    "- name: spec change\n    approval: { spec-core-team: 75% }",
    `- name: spec change\n    approval: { spec-core-team: ${40 + at}% }`,
  );

const junk = (stage: BenchStage): number =>
  outsider(stage).openPull({ title: "Junk", files: { "junk.txt": "0" } }).number;

/** Sends 25 MB to the webhooks' address, a megabyte at a time, until the clerk answers or hangs up. */
function body(stage: BenchStage, signed: boolean): Promise<number> {
  const text = Buffer.from(
    JSON.stringify({ action: "created", x: "y".repeat(25_000_000) }).slice(0, 25_000_000),
  );
  const signature = createHmac("sha256", stage.secrets.webhookSecret).update(text).digest("hex");
  const about = {
    "x-github-event": "issue_comment",
    "x-github-delivery": "bench",
    "x-hub-signature-256": `sha256=${signature}`,
  };
  const headers = {
    "content-type": "application/json",
    "content-length": text.length,
    ...(signed ? about : {}),
  };
  return new Promise((resolve) => {
    const sent = () => asking.socket?.bytesWritten ?? 0;
    const asking = request(stage.url, { method: "POST", headers }, (response) => {
      const read = sent();
      response.resume();
      response.once("end", () => resolve(read));
      response.once("error", () => resolve(read));
    });
    asking.once("error", () => resolve(sent()));
    let at = 0;
    const more = () => {
      if (asking.destroyed) return;
      if (at >= text.length) {
        asking.end();
        return;
      }
      const chunk = text.subarray(at, at + 1_000_000);
      at += chunk.length;
      asking.write(chunk, () => setImmediate(more));
    };
    more();
  });
}

export const KINDS: readonly Kind[] = [
  { name: "nothing", title: "nothing (a member's vote alone)" },
  { name: "logins", title: "a config with 20,000 logins", doing: (stage) => withConfig(stage, logins()) },
  { name: "globs", title: "a config with 560 globs", doing: (stage) => withConfig(stage, globs()) },
  {
    name: "nested",
    title: "a config of 128 KB, one value in another",
    doing: (stage) => withConfig(stage, nested()),
  },
  {
    name: "edits",
    title: "forty comments edited a hundred times",
    doing: (stage) => {
      const number = junk(stage);
      // Told of once, at the end: four thousand webhooks are the sandbox's work more than the clerk's.
      stage.github.webhooksTo(null);
      for (const at of others(40)) {
        const { id } = outsider(stage).comment(number, "@mscbot hello");
        for (const edit of others(100))
          outsider(stage).editComment(id, `@mscbot hello ${at} ${edit} ${"x".repeat(60_000)}`);
      }
      stage.github.webhooksTo(stage.url);
      outsider(stage).comment(number, "There.");
    },
  },
  {
    name: "commands",
    title: "forty comments full of misspelt commands, on a proposal",
    doing: (stage) => {
      for (const at of others(40)) {
        const lines = others(3_000).map((line) => `@mscbot revue${at}x${line}`);
        outsider(stage).comment(1, lines.join("\n").slice(0, 65_000));
      }
    },
  },
  {
    name: "pushes",
    title: "a hundred pushes, one every four seconds",
    doing: async (stage) => {
      const number = junk(stage);
      for (const at of others(100)) {
        outsider(stage).push(number, { "junk.txt": String(at) });
        await stage.clock.advance(4 * SECOND);
        await stage.settle(SECOND);
      }
    },
  },
  {
    name: "amendments",
    title: "twenty-five open amendments (twelve motions)",
    doing: async (stage) => {
      for (const at of others(25)) {
        withConfig(stage, threshold(at), `a${at}`);
        await stage.clock.advance(SECOND);
      }
    },
  },
  {
    name: "comments",
    title: "10,100 comments on a plain issue, at a start",
    before: async (stage) => {
      const issue = outsider(stage).openIssue("Some issue").number;
      for (const at of others(10_100)) outsider(stage).comment(issue, `Comment ${at}`);
      await stage.clock.advance(DAY);
    },
  },
  { name: "unsigned", title: "a body of 25 MB, unsigned", doing: (stage) => body(stage, false) },
  { name: "signed", title: "a body of 25 MB, signed", doing: (stage) => body(stage, true) },
  {
    name: "tabs",
    title: "64 KB of tabs in the clerk's own comment (write access)",
    doing: (stage) => {
      const own = stage.github.thread(1).comments.find(({ authorId }) => authorId === stage.github.app.botId);
      if (own === undefined) throw new Error("the first proposal has no comment of the clerk's");
      stage.github.addUser("mallory", { level: "write" });
      stage.as("mallory").editComment(own.id, `${own.body.slice(0, 200)}${"\t".repeat(64_000)}x`);
    },
  },
];
