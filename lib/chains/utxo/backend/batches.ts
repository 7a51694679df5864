/** How many questions a server gets at once: it answers them one by one, and a late answer counts as none. */
const AT_ONCE = 20;

/** Asks about each, some at a time, in their order. */
export async function inBatches<Item, Result>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let first = 0; first < items.length; first += AT_ONCE)
    results.push(...(await Promise.all(items.slice(first, first + AT_ONCE).map(ask))));
  return results;
}
