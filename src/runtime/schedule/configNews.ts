import type { ConfigOutcome } from "../../config/outcome.js";
import { dormantNews, invalidNews, isNearMiss, validNews } from "../../domain/messages/configNews.js";
import type { Reader, RepositoryRef } from "../../github/ports.js";
import { repositoryKey } from "../../github/refs.js";
import type { Log } from "../../platform/log.js";

interface Parts {
  readonly reader: Pick<Reader, "besideConfig">;
  readonly log: Log;
}

interface News {
  readonly text: string;
  /** Somebody may have to do something about it. */
  readonly warns: boolean;
}

/**
 * Says in the log what each repository's config is, at the start and at every change: dormant, valid or invalid. Of a repository without one
 * it looks once into the folder where it would lie, when somebody may have put it there under another name.
 */
export class ConfigNews {
  readonly #parts: Parts;
  readonly #told = new Map<string, string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  keepOnly(present: (key: string) => boolean): void {
    for (const key of this.#told.keys()) if (!present(key)) this.#told.delete(key);
  }

  /** `looksAgain`: look into the folder of a dormant repository although that was done before. */
  async tell(
    repository: RepositoryRef,
    config: Exclude<ConfigOutcome, { kind: "unreadable" }>,
    looksAgain: boolean,
  ): Promise<void> {
    const key = repositoryKey(repository);
    const before = this.#told.get(key);
    if (config.kind === "absent" && before?.startsWith(DORMANT) === true && !looksAgain) return;
    const { text, warns } = await this.#newsOf(repository, config);
    const now = `${stateOf(config)}${text}`;
    if (now === before) return;
    this.#told.set(key, now);
    this.#parts.log[warns ? "warn" : "info"](text, { repository: key });
  }

  async #newsOf(
    repository: RepositoryRef,
    config: Exclude<ConfigOutcome, { kind: "unreadable" }>,
  ): Promise<News> {
    switch (config.kind) {
      case "valid":
        return { text: validNews(config.rules), warns: false };
      case "invalid":
        return { text: invalidNews(config.faults), warns: true };
      case "absent": {
        const beside = await this.#parts.reader.besideConfig(repository);
        const paths = beside.kind === "read" ? beside.paths : null;
        return { text: dormantNews(paths), warns: paths?.some(isNearMiss) === true };
      }
    }
  }
}

const DORMANT = "dormant ";

/** A valid config is news whenever the file is another; an invalid one is read anew at every round, and is news by its faults. */
const stateOf = (config: Exclude<ConfigOutcome, { kind: "unreadable" }>): string =>
  config.kind === "absent" ? DORMANT : config.kind === "valid" ? `${config.commit} ` : "";
