import { parseConfig } from "../config/parse.js";
import { spokenLines } from "../markdown/spokenLines.js";
import { Configs } from "./read/config.js";
import { parsedOnce } from "./read/parsedOnce.js";
import { Pulls, type PullsParts } from "./read/pulls.js";
import { GitHubReader, type ReaderParts } from "./read/reader.js";

type Parts = Omit<PullsParts, "configs" | "spokenLines"> & Omit<ReaderParts, "configs" | "pulls" | "parse">;

/** Of the whole process, as what a text says hangs on nothing else: a rehearsal begins many clerks on the same config. */
const parse = parsedOnce(parseConfig);

/** What reads a repository, whoever signs in: the clerk, or somebody with a token. */
export function readingParts(parts: Parts) {
  const configs = new Configs(parts.caller, parse);
  const pulls = new Pulls({ ...parts, configs, spokenLines });
  return { parse, configs, pulls, reader: new GitHubReader({ ...parts, configs, pulls, parse }) };
}
