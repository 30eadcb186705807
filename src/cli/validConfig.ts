import { faultLine } from "../config/faultText.js";
import type { ConfigOutcome } from "../config/outcome.js";
import { type Session, type Wanted, whyNot } from "./session.js";

/** The config that is in force, or why nothing can be told without one. */
export async function validConfig(
  { owner, name }: Pick<Wanted, "owner" | "name">,
  { installation, clock, github }: Session,
): Promise<Extract<ConfigOutcome, { kind: "valid" }> | { readonly kind: "not"; readonly why: string }> {
  const config = await github.reader.config({ owner, name, installation });
  switch (config.kind) {
    case "absent":
      return { kind: "not", why: `${owner}/${name} has no config file, so the clerk does nothing there.` };
    case "unreadable":
      return {
        kind: "not",
        why: `The config of ${owner}/${name} cannot be read: ${whyNot(config, clock.now())}.`,
      };
    case "invalid": {
      const faults = config.faults.map((fault) => `  ${faultLine(fault)}`);
      return {
        kind: "not",
        why: ["The config file is not right, so nothing is decided:", ...faults].join("\n"),
      };
    }
    case "valid":
      return config;
  }
}
