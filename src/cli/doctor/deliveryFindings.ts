import { plain } from "../../domain/messages/escape.js";
import { count, sentenceCase, withFullStop } from "../../domain/messages/grammar.js";
import { iso } from "../../domain/text/time.js";
import type { AppFacts, DeliveryFacts } from "../../github/read/checkup.js";
import type { ReadResult } from "../../github/readResult.js";
import {
  type FailedWebhook,
  failedWebhooks,
  isTaken,
  type Redelivered,
} from "../../runtime/schedule/redeliveries.js";
import { type DoctorFinding, ok, unread, warning, wrong } from "./finding.js";

/** What became of the webhooks of the last day. */

export function deliveryFindings(
  read: ReadResult<{ deliveries: readonly DeliveryFacts[]; cutOff: boolean }>,
  app: AppFacts,
  redelivered: Redelivered | null,
): readonly DoctorFinding[] {
  if (read.kind !== "read")
    return [
      unread(
        "deliveries",
        "What became of the webhooks of the last day",
        read,
        "Those that do not arrive cost ten minutes each.",
      ),
    ];
  const { deliveries, cutOff } = read;
  const [newest] = deliveries;
  const of = cutOff ? `of the last ${deliveries.length} sent` : "of the last day";
  if (newest === undefined)
    return [
      ok(
        "deliveries",
        "GitHub has sent no webhook in the last day: nothing has happened that the App is told of.",
      ),
    ];
  const failed = failedWebhooks(deliveries);
  const webhooks = new Set(deliveries.map(({ guid }) => guid)).size;
  if (failed.length === 0)
    return [
      ok("deliveries", `All ${count(webhooks, "webhook")} ${of} arrived, the newest at ${iso(newest.at)}.`),
    ];
  const finding = isTaken(newest) ? warning : wrong;
  const what = `${failed.length} of ${count(webhooks, "webhook")} ${of} did not arrive: ${byAnswer(failed)}. ${newestSentence(newest)}`;
  return [
    finding(
      "deliveries",
      what,
      "What they told was found at a resync instead, most of it within ten minutes, and that a review thread was resolved within the hour. Once an hour the clerk asks for those again, once each, that nobody answered; where that fails too, a re-run that somebody asked for is lost. Where none arrives, the clerk acts every ten minutes only.",
      `${advice(failed)} Each with GitHub's own words: ${app.settings}/advanced.`,
    ),
    ...(redelivered === null ? [] : [redeliveredFinding(failed, redelivered)]),
  ];
}

const newestSentence = (newest: DeliveryFacts): string =>
  isTaken(newest)
    ? `The newest (${iso(newest.at)}) did.`
    : `The newest (${iso(newest.at)}) is one of them, so something is wrong now.`;

/** `12 × failed to connect to host, 2 × Invalid HTTP Response: 400` */
function byAnswer(failed: readonly FailedWebhook[]): string {
  const counted = new Map<string, number>();
  for (const { last } of failed) {
    const said = `${last.status === 0 ? "" : `${last.status} `}(${plain(last.said)})`;
    counted.set(said, (counted.get(said) ?? 0) + 1);
  }
  return [...counted]
    .sort(([, a], [, b]) => b - a)
    .slice(0, KINDS)
    .map(([said, times]) => `${times} × ${said}`)
    .join(", ");
}
const KINDS = 6;

function advice(failed: readonly FailedWebhook[]): string {
  const met = (status: number) => failed.some(({ last }) => last.status === status);
  const said = [
    ...(met(400) ? ["400: the secret there and WEBHOOK_SECRET differ, set the same in both"] : []),
    ...(met(415) ? ["415: set the content type to application/json"] : []),
    ...(met(404) ? ["404: the webhook URL's path is wrong, or a proxy does not hand it on"] : []),
    ...(failed.some(({ mayBeTaken }) => mayBeTaken)
      ? [
          "no answer or 5xx: the clerk was down, or the proxy or firewall before it kept GitHub out; once that is mended, `--redeliver` asks for them again",
        ]
      : []),
  ];
  return said.length === 0
    ? "See what answers at the webhook URL."
    : said.map((one) => withFullStop(sentenceCase(one))).join(" ");
}

function redeliveredFinding(
  failed: readonly FailedWebhook[],
  { asked, stopped }: Redelivered,
): DoctorFinding {
  const left = failed.filter(({ mayBeTaken }) => mayBeTaken).length - asked;
  const refused = failed.filter(({ mayBeTaken }) => !mayBeTaken).length;
  const not =
    refused === 0
      ? ""
      : ` ${count(refused, "webhook")} that the clerk itself refused would be refused again, and ${refused === 1 ? "was" : "were"} not asked for.`;
  const what = `GitHub was asked to send ${count(asked, "webhook")} again.${not}`;
  return left > 0
    ? warning(
        "redelivered",
        `${what} ${left} more ${left === 1 ? "was" : "were"} not asked for${stopped === null ? "" : `: ${plain(stopped)}`}.`,
        "Nothing is lost without them: a resync finds what they told.",
        "Ask again with --redeliver for the rest.",
      )
    : ok("redelivered", what);
}
