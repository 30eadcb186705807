/**
 * The bound of an LRU cache: so many entries, the least recently used go first. Its lists grow as they fill, where `max` makes them at their full length at
 * once: milliseconds for each of dozens of caches, most of which stay nearly empty.
 */
export const atMost = (entries: number) => ({ maxSize: entries, sizeCalculation: () => 1 });
