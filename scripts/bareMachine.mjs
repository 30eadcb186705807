// @ts-check
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { begun } from "./firstDecision.mjs";
import { run } from "./steps.mjs";

/** What a Node with npm needs of Debian. Unpacked, not installed: that takes seconds, and installing even the least of Debian a minute. */
const PACKAGES = "base-files,base-passwd,coreutils,dash,libstdc++6";
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
/** The user of the Dockerfile. */
const USER = 10_001;

/** @param {string} command @param {readonly string[]} args */
const asked = (command, ...args) => run({ name: command, command, args });

/** For machines that reach no registry of images, and may run no containers. @returns {Promise<import("./image.mjs").Engine | string>} why not, where not */
export async function bareMachine() {
  if (process.getuid?.() !== 0) return "only root can do it without Docker";
  for (const tool of ["buildah", "mmdebstrap"])
    if (!(await asked(tool, "--version")).passed) return `${tool} is not installed`;
  const folder = mkdtempSync(join(tmpdir(), "msc-clerk-image-"));
  const data = join(folder, "data");
  const remove = async () => {
    await buildah("umount", "--all");
    rmSync(folder, { recursive: true, force: true });
  };
  /** @param {readonly string[]} args */
  const buildah = (...args) =>
    asked("buildah", "--root", join(folder, "images"), "--runroot", join(folder, "run"), ...args);
  const lacking = await baseIn(folder);
  if (lacking !== null) {
    await remove();
    return lacking;
  }

  let root = "";
  /** @type {{ Env: readonly string[], Entrypoint: readonly string[], Cmd: readonly string[], Healthcheck: { Test: readonly string[] } }} */
  let config = { Env: [], Entrypoint: [], Cmd: [], Healthcheck: { Test: [] } };
  /** @type {NodeJS.Dict<string>} */
  let variables = {};
  /** In the image as its user, with its environment; only its /data can be written. @param {readonly string[]} command */
  const inside = (command) => {
    const steps = [
      'mount --bind "$1" "$1"',
      'mount --options remount,bind,ro "$1"',
      'mount --bind "$2" "$1/data"',
      'root="$1"; shift 2',
      `exec chroot --userspec=${USER}:${USER} "$root" /usr/bin/env -i "$@"`,
    ];
    const environment = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    return [
      ...["--mount", "sh", "-c", steps.join(" && "), "sh", root, data],
      ...[...config.Env, ...environment, ...command],
    ];
  };
  return {
    name: "buildah",
    build: async () => {
      const cache = (await asked("npm", "config", "get", "cache")).output.trim();
      const ways = ["bud", "--isolation=chroot", "--format=docker", "--quiet"];
      const made = await buildah(
        ...ways,
        "--tag=localhost/base",
        `--file=${join(folder, "Dockerfile")}`,
        join(folder, "base"),
      );
      if (!made.passed) return { wrong: made.output };
      const built = await buildah(
        ...[
          ...ways,
          "--build-arg=BASE=localhost/base",
          `--volume=${cache}:/npm`,
          "--tag=localhost/clerk",
          ".",
        ],
      );
      if (!built.passed) return { wrong: built.output };
      const inspected = await buildah("inspect", "--type=image", "localhost/clerk");
      config = JSON.parse(inspected.output).Docker.config;
      const container = (await buildah("from", "localhost/clerk")).output.trim();
      root = (await buildah("mount", container)).output.trim();
      const [all, ours] = [await megabytes(root), await megabytes(join(root, "app"))];
      return { image: `${all} MB, of it ${ours} MB the clerk and what it needs` };
    },
    start: ({ environmentFile, port }) => {
      // A volume begins as the image's directory is.
      const { uid, gid } = statSync(join(root, "data"));
      mkdirSync(data);
      chownSync(data, uid, gid);
      variables = {
        ...parseEnv(readFileSync(environmentFile, "utf8")),
        PORT: String(port),
        PAGES_PORT: "0",
        HOST: "127.0.0.1",
      };
      return begun("unshare", inside([...config.Entrypoint, ...config.Cmd]));
    },
    healthy: async () => (await asked("unshare", ...inside(config.Healthcheck.Test.slice(1)))).passed,
    remove,
  };
}

/**
 * Makes the base in two pieces, side by side: `base`, with the packages and Node 24, and the Dockerfile that makes an image of it.
 * @param {string} folder @returns {Promise<string | null>} what cannot be had, null for nothing
 */
async function baseIn(folder) {
  const base = join(folder, "base");
  const { VERSION_CODENAME: release = "stable" } = parseEnv(readFileSync("/etc/os-release", "utf8"));
  const [debian, node] = await Promise.all([
    asked("mmdebstrap", "--quiet", "--variant=extract", `--include=${PACKAGES}`, release, base),
    asked("npx", "--yes", "--package=node@24", "which", "node"),
  ]);
  if (!debian.passed) return `Debian's packages cannot be had: ${lastLine(debian.output)}`;
  if (!node.passed) return `Node 24 cannot be had: ${lastLine(node.output)}`;
  const modules = (await asked("npm", "root", "--global")).output.trim();
  const local = join(base, "usr/local");
  mkdirSync(join(local, "lib/node_modules"), { recursive: true });
  mkdirSync(join(local, "bin"), { recursive: true });
  mkdirSync(join(base, "etc/ssl/certs"), { recursive: true });
  await asked("cp", "--dereference", node.output.trim(), join(local, "bin/node"));
  await asked(
    "cp",
    "--recursive",
    "--dereference",
    join(modules, "npm"),
    join(local, "lib/node_modules/npm"),
  );
  for (const name of ["npm", "npx"])
    await asked("ln", "--symbolic", `../lib/node_modules/npm/bin/${name}-cli.js`, join(local, "bin", name));
  // Whom this machine believes, the image's build believes.
  if (existsSync(CERTIFICATES)) await asked("cp", "--dereference", CERTIFICATES, join(base, CERTIFICATES));
  const settings = [
    "npm_config_cache=/npm",
    "npm_config_prefer_offline=true",
    `NODE_EXTRA_CA_CERTS=${CERTIFICATES}`,
  ];
  writeFileSync(join(folder, "Dockerfile"), `FROM scratch\nCOPY . /\nENV ${settings.join(" ")}\n`);
  return null;
}

const lastLine = (/** @type {string} */ text) => text.trimEnd().split("\n").at(-1);

/** @param {string} path @returns {Promise<number>} */
async function megabytes(path) {
  const { output } = await asked("du", "--summarize", "--block-size=MB", path);
  return Number.parseInt(output, 10);
}
