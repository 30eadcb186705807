// @ts-check
import { begun } from "./firstDecision.mjs";
import { run } from "./steps.mjs";

const IMAGE = "msc-clerk:ci";
const NAME = `msc-clerk-ci-${process.pid}`;

/** @param {readonly string[]} args */
const asked = (...args) => run({ name: "docker", command: "docker", args });

/** The image as people build and run it. @returns {Promise<import("./image.mjs").Engine | string>} why not, where not */
export async function docker() {
  if (!(await asked("version")).passed) return "no Docker answers";
  const base = process.env.BASE ?? "node:24-bookworm-slim";
  if (!(await asked("image", "inspect", base)).passed && !(await asked("pull", base)).passed)
    return `Docker cannot get ${base}`;
  return {
    name: "Docker",
    build: async () => {
      const built = await asked("build", "--build-arg", `BASE=${base}`, "--tag", IMAGE, ".");
      if (!built.passed) return { wrong: built.output };
      const { output } = await asked("image", "inspect", "--format", "{{.Size}}", IMAGE);
      return { image: `${Math.round(Number(output) / 1e6)} MB on ${base}` };
    },
    start: ({ environmentFile, port }) => {
      const hardened = ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges"];
      const variables = [`PORT=${port}`, "PAGES_PORT=0", "HOST=127.0.0.1"];
      const settings = ["--env-file", environmentFile, ...variables.flatMap((one) => ["--env", one])];
      return begun("docker", [
        ...["run", "--rm", "--name", NAME, "--network=host", "--volume", `${NAME}:/data`],
        ...hardened,
        ...settings,
        IMAGE,
      ]);
    },
    healthy: async () => {
      const { output } = await asked(
        "image",
        "inspect",
        "--format",
        "{{json .Config.Healthcheck.Test}}",
        IMAGE,
      );
      const [, ...command] = JSON.parse(output);
      return (await asked("exec", NAME, ...command)).passed;
    },
    remove: async () => {
      await asked("rm", "--force", NAME);
      await asked("volume", "rm", NAME);
      await asked("image", "rm", IMAGE);
    },
  };
}
