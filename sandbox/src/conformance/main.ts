#!/usr/bin/env node
import { addDotEnv } from "msc-clerk/platform/dotEnv.js";
import { errorMessage } from "msc-clerk/platform/log.js";
import { conformance } from "./command.js";

/** `npm run conformance`: asks a real GitHub what the sandbox only believes. */
async function main(): Promise<number> {
  const tell = (text: string) => void process.stdout.write(`${text}\n`);
  const complain = (text: string) => void process.stderr.write(`${text}\n`);
  const fault = addDotEnv(process.env, ".env");
  if (fault !== null) {
    complain(`conformance: ${fault}`);
    return 2;
  }
  let interrupted = false;
  process.on("SIGINT", () => {
    if (interrupted) process.exit(130);
    interrupted = true;
    tell("\nStopping: what was made is closed and deleted first. Once more leaves it as it is.");
  });
  return conformance(process.argv.slice(2), {
    ...{ tell, complain },
    variables: process.env,
    directory: process.cwd(),
    interrupted: () => interrupted,
  });
}

main().then(
  (code) => process.exit(code),
  (thrown: unknown) => {
    process.stderr.write(`conformance: ${errorMessage(thrown)}\n`);
    process.exit(1);
  },
);
