// @ts-check
import { spawn } from "node:child_process";

/** @typedef {{ readonly name: string, readonly command: string, readonly args: readonly string[] }} Step */

/**
 * Runs one command with its output gathered. Never rejects: a command that cannot be started has failed, with the reason as its output.
 * @param {Step} step
 * @returns {Promise<{ step: Step, passed: boolean, output: string, seconds: number }>}
 */
export function run(step) {
  const began = Date.now();
  return new Promise((resolve) => {
    const child = spawn(step.command, [...step.args], {
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    const gather = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
    };
    child.stdout.on("data", gather);
    child.stderr.on("data", gather);
    const end = (/** @type {boolean} */ passed) =>
      resolve({ step, passed, output, seconds: (Date.now() - began) / 1000 });
    child.on("error", (error) => {
      output += `${step.command} could not be started: ${error.message}\n`;
      end(false);
    });
    child.on("close", (code) => end(code === 0));
  });
}
