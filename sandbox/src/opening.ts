import { HOUR, type Instant, MINUTE } from "msc-clerk/domain/text/time.js";
import { pinoLog } from "msc-clerk/platform/pinoLog.js";
import { aboutOwn, foundOwnRepository, type OwnConfig, permissionsFor } from "./ownBody.js";
import type { SavedState } from "./savedState.js";
import { SEED_START } from "./seed.js";
import { playSeed } from "./seeding.js";
import { LiveStage } from "./stage.js";

/** `owner/name` of a repository. */
export interface OwnPlace {
  readonly owner: string;
  readonly name: string;
}

/** How a sandbox begins. */
export type Opening =
  /** The Matrix roster and some lived-in proposals. */
  | { readonly kind: "matrix" }
  /** A body's own rules, and nothing decided yet. */
  | {
      readonly kind: "own";
      readonly config: OwnConfig;
      readonly place: OwnPlace;
      readonly start: Instant;
    }
  | { readonly kind: "saved"; readonly state: SavedState };

const logger = pinoLog("error", true);

/** The stage as it begins, with the clerk at work. `links`: where its links lead people; null: to itself. */
export async function opened(opening: Opening, links: string | null): Promise<LiveStage> {
  switch (opening.kind) {
    case "matrix": {
      const stage = new LiveStage({ start: SEED_START, logger });
      await stage.open();
      if (links !== null) stage.sandbox.linksTo(links);
      await playSeed(stage);
      return stage;
    }
    case "own": {
      const { config, place, start } = opening;
      const stage = new LiveStage({
        start,
        logger,
        about: aboutOwn(config),
        place: {
          owner: place.owner,
          repository: { name: place.name },
          permissions: permissionsFor(config.rules),
        },
      });
      await stage.open();
      if (links !== null) stage.sandbox.linksTo(links);
      foundOwnRepository(stage.sandbox, config);
      await stage.moveClock(MINUTE);
      await stage.startClerk();
      return stage;
    }
    case "saved":
      return LiveStage.from(opening.state, { logger, links });
  }
}

/** Days of the config (a lead confirmed, a member away) are of the present, so a body's own trial begins today. */
export const startingAt = (now: Instant): Instant => Math.floor(now / HOUR) * HOUR;
