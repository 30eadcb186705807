#!/usr/bin/env node
// @ts-check
/**
 * `npm run image`: builds the container image of the Dockerfile and runs the clerk in it as docs/hosting.md says: with a root that cannot be
 * written, as its own user, and with one directory for its store. The first proposal is decided, and the image's own health check agrees. Needs the
 * built sandbox (`npm run build --workspaces`).
 *
 * With Docker where it answers and can get the base; else, as root, with buildah on a base made here of a few Debian packages and Node 24
 * (bareMachine.mjs). Where there is neither it says so, and exits with 77: skipped.
 */
import { bareMachine } from "./bareMachine.mjs";
import { docker } from "./docker.mjs";
import { firstDecision } from "./firstDecision.mjs";

/**
 * @typedef {object} Engine
 * @property {string} name
 * @property {() => Promise<{ readonly image: string } | { readonly wrong: string }>} build `image`: what there is to say of it
 * @property {(given: { readonly environmentFile: string, readonly port: number }) => import("./firstDecision.mjs").Running} start
 * @property {() => Promise<boolean>} healthy runs the health check in what was started
 * @property {() => Promise<void>} remove what was made
 */

const SKIPPED = 77;

const found = [await docker(), await bareMachine()];
const engine = found.find((one) => typeof one !== "string");
if (engine === undefined || typeof engine === "string") {
  console.log(`skipped: no image is built here: ${found.join("; ")}`);
  process.exit(SKIPPED);
}
try {
  const wrong = await builtAndPlayed(engine);
  if (wrong !== null) {
    console.log(`FAILED the image (${engine.name}): ${wrong}`);
    process.exitCode = 1;
  }
} finally {
  await engine.remove();
}

/** @param {Engine} engine @returns {Promise<string | null>} what is wrong, null for nothing */
async function builtAndPlayed(engine) {
  let began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(1);
  const built = await engine.build();
  if ("wrong" in built) return built.wrong;
  console.log(`ok     the image, by ${engine.name}: ${built.image}, in ${seconds()} s`);
  began = Date.now();
  let healthy = false;
  const wrong = await firstDecision((given) => {
    const running = engine.start(given);
    return {
      says: running.says,
      stop: async () => {
        healthy = await engine.healthy();
        return running.stop();
      },
    };
  });
  if (wrong !== null) return wrong;
  if (!healthy) return "the health check failed while the clerk was at work";
  console.log(
    `ok     the container: the first proposal is decided, on a root that cannot be written, in ${seconds()} s`,
  );
  return null;
}
