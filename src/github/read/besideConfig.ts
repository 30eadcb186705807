import { CONFIG_FILE } from "../../domain/model/rules.js";
import type { Caller } from "../client/call.js";
import { readOne } from "../client/rest.js";
import type { RepositoryRef } from "../ports.js";
import type { ReadResult } from "../readResult.js";

const FOLDER = CONFIG_FILE.slice(0, CONFIG_FILE.lastIndexOf("/"));

/** GitHub lists a thousand files of a folder at most, in one answer (https://docs.github.com/rest/repos/contents#get-repository-content). */
export async function besideConfig(
  caller: Caller,
  { installation, owner, name }: RepositoryRef,
): Promise<ReadResult<{ paths: readonly string[] }>> {
  const listed = await readOne(caller, installation, "GET /repos/{owner}/{repo}/contents/{path}", {
    owner,
    repo: name,
    path: FOLDER,
  });
  // Without a folder there is nothing in it.
  if (listed.kind === "gone") return { kind: "read", paths: [] };
  if (listed.kind !== "read") return listed;
  const { data } = listed;
  // Where it is a file and no folder, GitHub answers with that file.
  return { kind: "read", paths: Array.isArray(data) ? data.map(({ path }) => path) : [] };
}
