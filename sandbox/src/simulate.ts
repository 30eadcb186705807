#!/usr/bin/env node
import { simulate } from "./simulation/command.js";

simulate(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)).then(
  (isRight) => process.exit(isRight ? 0 : 1),
  (thrown: unknown) => {
    process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`);
    process.exit(2);
  },
);
