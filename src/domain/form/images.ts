import type { FormFacts, FormFinding } from "../model/form.js";
import { unknown } from "./unknown.js";

const IMAGE = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico|drawio)$/iu;

/** Images lie in a folder `images` of one that holds texts. */
export function images({ merged, others, folders, filesCutOff, added }: FormFacts): readonly FormFinding[] {
  if (merged) return [];
  const inside = (folder: string) => (folder === "" ? "images/" : `${folder}/images/`);
  const home =
    folders.find((folder) => added[0]?.startsWith(folder === "" ? "" : `${folder}/`)) ?? folders[0] ?? "";
  const misplaced = others.filter(
    (path) => IMAGE.test(path) && !folders.some((folder) => path.startsWith(inside(folder))),
  );
  return [
    ...misplaced.map((path): FormFinding => {
      const to = `${inside(home)}${path.slice(path.lastIndexOf("/") + 1)}`;
      return {
        check: "images",
        severity: "problem",
        path,
        line: null,
        fault: { code: "image_elsewhere", to },
      };
    }),
    ...(filesCutOff ? [unknown("images", "many_files")] : []),
  ];
}
