import { plain, shorten } from "../domain/messages/escape.js";
import { type Html, html, NOTHING, type Piece } from "../platform/html.js";
import { caveatSentence } from "./caveats.js";
import { ICON_FILE, SCRIPT_FILE, SECTIONS, type SectionName, STYLE_FILE, upFrom } from "./links.js";
import { momentText, outward } from "./pieces.js";
import type { PageAnswer } from "./route.js";
import type { PagesRepository } from "./source.js";

export const HTML_TYPE = "text/html; charset=utf-8";

/** A page of one repository. */
export interface PageParts {
  /** In the title of the window, and above the page unless `heading` says it otherwise. */
  readonly title: string;
  /** HTML of the first heading, where the title is not all of it. */
  readonly heading?: Html;
  /** Where it stands below the repository. */
  readonly path: string;
  readonly repository: PagesRepository;
  /** What it belongs to in the navigation; null: to nothing. */
  readonly current: SectionName | null;
  readonly content: Html;
  /** It is better with the script, and whole without. */
  readonly script?: boolean;
}

/** The whole document. There is no style and no script in it, so a policy can forbid them: both are files beside the pages. */
export function page(parts: PageParts): string {
  const { title, path, repository, current } = parts;
  const up = upFrom(path);
  const name = repositoryName(repository);
  const links = SECTIONS.map((section) => {
    const mark = section.name === current ? pageMark(section.path === path) : NOTHING;
    return html`<li><a href="${up}${section.path}"${mark}>${section.name}</a></li>`;
  });
  return whole({
    title: `${titleWords(title)} – ${name}`,
    up,
    script: parts.script === true,
    header: html`<p class="site"><a href="${up}"><bdi>${name}</bdi></a></p>
<nav aria-label="Pages"><ul>${links}</ul></nav>`,
    main: html`${caveatBanners(repository)}${readingBanner(repository)}<h1>${parts.heading ?? html`<bdi>${titleWords(title)}</bdi>`}</h1>
${parts.content}`,
    footer: html`<p>${keptWords(repository)} All times are UTC.</p>
<p>Made by msc-clerk from what ${outward(repository.url, html`<bdi>${name}</bdi> shows on GitHub`)}: votes are cast and concerns raised there, and counted by <a href="https://github.com/matrix-org/msc-clerk/blob/main/docs/process.md" rel="noreferrer">written rules</a>. The same is there <a href="${up}data/">as data</a>.</p>`,
  });
}

export const pageAnswer = (parts: PageParts): PageAnswer => ({
  status: 200,
  type: HTML_TYPE,
  body: page(parts),
});

/** A page of no repository: which there are, or that there is nothing. `path` as it was asked for, with its slash at the beginning. */
export const outerPage = (title: string, content: Html, path: string): string =>
  whole({
    title: `${title} – msc-clerk`,
    up: upFrom(path.slice(1)),
    script: false,
    header: html`<p class="site"><a href="${upFrom(path.slice(1))}">msc-clerk</a></p>`,
    main: html`<h1>${title}</h1>
${content}`,
    footer: html`<p>Made by msc-clerk, which counts votes and keeps the record, and has no vote.</p>`,
  });

interface Whole {
  readonly title: string;
  readonly up: string;
  readonly script: boolean;
  readonly header: Html;
  readonly main: Html;
  readonly footer: Piece;
}

const whole = ({ title, up, script, header, main, footer }: Whole): string => `<!DOCTYPE html>
${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<link rel="icon" href="${up}${ICON_FILE}">
<link rel="stylesheet" href="${up}${STYLE_FILE}">
${script && html`<script src="${up}${SCRIPT_FILE}" defer></script>`}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header>
${header}
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer>
${footer}
</footer>
</body>
</html>`}
`;

const titleWords = (title: string): string => shorten(plain(title), 200) || "untitled";

export const repositoryName = ({ owner, name }: Pick<PagesRepository, "owner" | "name">): string =>
  `${owner}/${name}`;

const pageMark = (itself: boolean): Html =>
  itself ? html` aria-current="page"` : html` aria-current="true"`;

/** So that nobody takes a part for the whole. */
const readingBanner = ({ reading }: PagesRepository): Html =>
  reading === null
    ? NOTHING
    : html`<p class="banner" role="status">${numberWords(reading.read)} of ${numberWords(reading.of)} pull requests read so far, closed ones too. What is below is not all yet.</p>
`;

/** So that nobody takes for the present what stood here before. */
const caveatBanners = ({ caveats }: PagesRepository): Html =>
  html`${caveats.map(
    (caveat) => html`<p class="banner caveat" role="status">${caveatSentence(caveat)}</p>
`,
  )}`;

/** The moment of the last look is no part of a page that is kept up to date: it would be another one at each look, whatever it shows. */
const keptWords = ({ frozen, asOf, caveats }: PagesRepository): Html =>
  frozen || caveats.some(({ why }) => why === "invalid" || why === "unread")
    ? html`As of ${momentText(asOf)}.`
    : html`Kept up to date with GitHub, within minutes.`;

/** `1,000`: the same on every machine, whatever its language. */
export const numberWords = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, ",");
