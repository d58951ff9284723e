/**
 * Resolves when whatever else of this process was ready has had its turn. Long work awaits it between its parts, or a
 * process that is busy with ten thousand alerts would not even answer whether it lives.
 */
export type GiveWay = () => Promise<void>;

const PART = 250;

/** The items in their order, in parts; gives way before every part but the first. */
export async function* inParts<T>(items: readonly T[], giveWay: GiveWay): AsyncGenerator<readonly T[]> {
  for (let start = 0; start < items.length; start += PART) {
    if (start > 0) await giveWay();
    yield items.slice(start, start + PART);
  }
}
