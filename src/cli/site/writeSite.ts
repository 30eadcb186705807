import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, realpath, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { withFullStop } from "../../domain/messages/grammar.js";
import type { SiteFile } from "../../pages/files.js";
import type { Told } from "../../pages/source.js";

/** Says that a folder was written by this command, so that it may be written anew. */
const MARK = ".msc-clerk-site";

export type Written =
  | { readonly kind: "written"; readonly files: number; readonly bytes: number }
  /** One plain sentence; what was there stands as it was. */
  | { readonly kind: "not"; readonly why: string };

/** null: the folder may be written; else why not, in one sentence. What a run that was ended left out of place is put back first. */
export async function whyNotInto(folder: string): Promise<string | null> {
  const target = await targetOf(folder);
  const [left] = existsSync(target) ? [] : await beside(target, ".old-");
  if (left !== undefined) await rename(left, target);
  if (!existsSync(target)) return null;
  const there = await readdir(target).catch(() => null);
  if (there === null) return `${folder} is no folder.`;
  if (there.includes(".git"))
    return `${folder} is a checkout of git, which would be gone with the site of before: give a folder of its own, and copy from there.`;
  return there.length === 0 || there.includes(MARK)
    ? null
    : `${folder} is not empty, and holds no site that this command has written: give another folder, or empty it.`;
}

/**
 * Writes the files into a folder beside it, and puts that in its place once all are there: whoever is shown the folder meanwhile sees the whole site of
 * before or the whole new one.
 */
export async function writeSite(folder: string, files: AsyncIterable<Told<SiteFile>>): Promise<Written> {
  const target = await targetOf(folder);
  await mkdir(dirname(target), { recursive: true });
  const fresh = await mkdtemp(`${target}.new-`);
  let former: string | null = null;
  let count = 0;
  let bytes = 0;
  try {
    for await (const file of files) {
      if (file.kind === "unavailable")
        return { kind: "not", why: withFullStop(`The pages cannot be made: ${file.why}`) };
      const { path, body } = file.told;
      const at = join(fresh, path);
      // A path comes of what people are called: it stays below the folder whatever that is.
      if (relative(fresh, at).startsWith("..")) continue;
      await mkdir(dirname(at), { recursive: true });
      await writeFile(at, body);
      count += 1;
      bytes += Buffer.byteLength(body);
    }
    // GitHub Pages would leave out what it takes for Jekyll's. https://github.blog/news-insights/bypassing-jekyll-on-github-pages/
    await writeFile(join(fresh, ".nojekyll"), "");
    await writeFile(join(fresh, MARK), "Written by `msc-clerk site`, which may write this folder anew.\n");
    await chmod(fresh, 0o755);
    if (existsSync(target)) {
      former = `${target}.old-${basename(fresh).slice(-6)}`;
      await rename(target, former);
    }
    await rename(fresh, target);
    return { kind: "written", files: count, bytes };
  } catch (thrown) {
    if (former !== null && !existsSync(target) && existsSync(former)) {
      await rename(former, target);
      former = null;
    }
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { kind: "not", why: withFullStop(`${basename(folder)} cannot be written: ${why}`) };
  } finally {
    // Nothing but what this run has made or moved.
    for (const one of [fresh, former]) if (one !== null) await rm(one, { recursive: true, force: true });
  }
}

/** Where a link leads: it stays a link, to the new site. */
const targetOf = async (folder: string): Promise<string> => realpath(folder).catch(() => resolve(folder));

async function beside(target: string, mark: string): Promise<readonly string[]> {
  const all = await readdir(dirname(target)).catch(() => []);
  return all
    .filter((name) => name.startsWith(`${basename(target)}${mark}`))
    .map((name) => join(dirname(target), name));
}
