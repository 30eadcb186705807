import {
  type DigestNews,
  digestNotice,
  isNoticed,
  type RoomNotice,
  rankOf,
  roomNotice,
} from "../../domain/messages/roomNotice.js";
import type { ProposalSummary, PublicEvent } from "../../domain/model/publicView.js";
import { fingerprint } from "../../domain/text/fingerprint.js";
import type { Instant } from "../../domain/text/time.js";
import { withWords } from "../../domain/views/wordless.js";
import { OF_THE_REPOSITORY, type UntoldEvent } from "../../store/notices.js";
import type { ProposalKey, Store } from "../../store/port.js";

/** What is to be told, and of what. */
export interface WaitingNotice {
  readonly of: ProposalKey;
  readonly id: string;
  readonly at: Instant;
  readonly told: Told;
  readonly transaction: string;
  /** It was begun, and what came of it is not known. */
  readonly begun: boolean;
}

type Told =
  | { readonly kind: "event"; readonly event: PublicEvent }
  | { readonly kind: "digest"; readonly news: DigestNews };

type NoticesStore = Pick<Store, "views" | "notices">;

/**
 * What these repositories have to tell, oldest first. Of one that had nothing told before, everything from `now` on is news. null: the store does not
 * say.
 */
export async function waitingNotices(
  { notices }: Pick<NoticesStore, "notices">,
  repositories: readonly number[],
  now: Instant,
): Promise<readonly WaitingNotice[] | null> {
  const marks = await notices.marks();
  if (marks.kind === "unavailable") return null;
  const waiting: WaitingNotice[] = [];
  for (const repository of repositories) {
    if (!marks.kept.some((mark) => mark.repository === repository)) {
      const put = await notices.putMark({ repository, since: Math.floor(now) });
      if (put.kind === "unavailable") return null;
    }
    const untold = await notices.untold(repository);
    if (untold.kind === "unavailable") return null;
    for (const one of untold.kept) {
      const told = toldIn(one);
      if (told === null) continue;
      const { pull, id, at, transaction } = one;
      waiting.push({
        ...{ of: { repository, pull }, id, at, told },
        transaction: transaction ?? transactionOf(repository, pull, id),
        begun: transaction !== null,
      });
    }
  }
  return waiting.sort((one, other) => one.at - other.at || rankIn(one.told) - rankIn(other.told));
}

/**
 * As it stands now. null: it is no proposal any more.
 * @param repository `OWNER/NAME`, where the room is told of several
 */
export async function noticeOf(
  { views }: Pick<NoticesStore, "views">,
  { of, told }: WaitingNotice,
  repository: string | null,
): Promise<RoomNotice | null | "unavailable"> {
  if (told.kind === "digest") return digestNotice(told.news, repository);
  const view = await views.view(of);
  if (view.kind === "unavailable") return "unavailable";
  if (view.kept === null) return null;
  const proposal: ProposalSummary = JSON.parse(view.kept.summary);
  return roomNotice(told.event, proposal, repository);
}

/** null: it is not for the room. */
function toldIn({ pull, event: kept, words }: UntoldEvent): Told | null {
  if (pull === OF_THE_REPOSITORY) return { kind: "digest", news: JSON.parse(kept) };
  const event = withWords<PublicEvent>({ event: JSON.parse(kept), words });
  return isNoticed(event) ? { kind: "event", event } : null;
}

const rankIn = (told: Told): number =>
  told.kind === "event" ? rankOf(told.event) : Number.POSITIVE_INFINITY;

/** The same for the same event, whichever store and process: a homeserver and the room know it again. */
const transactionOf = (repository: number, pull: number, event: string): string =>
  `msc-clerk.${fingerprint("notice", [repository, pull, event]).slice(0, 40)}`;
